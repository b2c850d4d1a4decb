package org.motleysim.workloads.scenario;

import java.util.List;
import java.util.Optional;
import org.motleysim.core.random.Distribution;
import org.motleysim.workloads.llm.session.AgentGraph;
import org.motleysim.workloads.llm.session.Conversations;
import org.motleysim.workloads.llm.session.Sessions;

/** What arrives when it is not single requests. */
final class SessionsCodec {

    private static final Codec<List<String>> NAMES = new ListCodec<>(ScalarCodec.text(), 1);

    private static final Codec<AgentGraph.Step> STEP = ChoiceCodec.<AgentGraph.Step>of("step")
            .kind("call", AgentGraph.Call.class, RecordCodec.of("a call", fields -> {
                var name = fields.required("name", ScalarCodec.text(), AgentGraph.Call::name, "Its name");
                var after = fields.optional(
                        "after",
                        NAMES,
                        call -> Optional.of(call.after()).filter(names -> !names.isEmpty()),
                        "Steps that must have ended before");
                var continues = fields.optional(
                        "continues",
                        ScalarCodec.text(),
                        AgentGraph.Call::continues,
                        "The call whose prompt and output its prompt begins with");
                var prompt = fields.required(
                        "promptTokens",
                        DistributionCodec.DISTRIBUTION,
                        AgentGraph.Call::promptTokens,
                        "New tokens of the prompt");
                var output = fields.required(
                        "outputTokens",
                        DistributionCodec.DISTRIBUTION,
                        AgentGraph.Call::outputTokens,
                        "Tokens of the output");
                var copies = fields.optional(
                        "copies",
                        ScalarCodec.integer(1),
                        1,
                        AgentGraph.Call::copies,
                        "How many requests with this prompt; 1 by default");
                return given -> new AgentGraph.Call(
                        given.get(name),
                        given.find(after).orElse(List.of()),
                        given.find(continues),
                        given.get(prompt),
                        given.get(output),
                        given.find(copies).orElse(1));
            }))
            .kind("pause", AgentGraph.Pause.class, RecordCodec.of("a pause", fields -> {
                var name = fields.required("name", ScalarCodec.text(), AgentGraph.Pause::name, "Its name");
                var after = fields.optional(
                        "after",
                        NAMES,
                        pause -> Optional.of(pause.after()).filter(names -> !names.isEmpty()),
                        "Steps that must have ended before");
                var seconds = fields.required(
                        "seconds", DistributionCodec.DISTRIBUTION, AgentGraph.Pause::seconds, "How long it takes");
                return given ->
                        new AgentGraph.Pause(given.get(name), given.find(after).orElse(List.of()), given.get(seconds));
            }))
            .build();

    static final Codec<Sessions> SESSIONS = ChoiceCodec.<Sessions>of("sessions")
            .kind("conversations", Conversations.class, RecordCodec.of("conversations", fields -> {
                var turns = fields.required(
                        "turns",
                        DistributionCodec.DISTRIBUTION,
                        Conversations::turns,
                        "How many times the user asks, rounded to whole numbers of at least 1");
                var think = fields.required(
                        "thinkSeconds",
                        DistributionCodec.DISTRIBUTION,
                        Conversations::thinkSeconds,
                        "Seconds between an answer and the next question");
                var system = fields.optional(
                        "systemTokens",
                        ScalarCodec.integer(0),
                        0,
                        Conversations::systemTokens,
                        "Tokens of the system prompt; none by default");
                var prompts = fields.optional(
                        "systemPrompts",
                        ScalarCodec.integer(1),
                        1,
                        Conversations::systemPrompts,
                        "How many different system prompts there are; 1 by default");
                return given -> new Conversations(
                        given.<Distribution>get(turns),
                        given.get(think),
                        given.find(system).orElse(0),
                        given.find(prompts).orElse(1));
            }))
            .kind("agents", AgentGraph.class, RecordCodec.of("agents", fields -> {
                var steps = fields.required(
                        "steps",
                        new ListCodec<>(STEP, 1),
                        AgentGraph::steps,
                        "Calls and pauses, each after those it needs");
                var deadline = fields.optional(
                        "deadline", ScalarCodec.DURATION, AgentGraph::deadline, "For the run of the program");
                return given -> new AgentGraph(given.get(steps), given.find(deadline));
            }))
            .build();

    private SessionsCodec() {}
}
