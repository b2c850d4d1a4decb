package org.motleysim.workloads.scenario;

import org.motleysim.core.random.Distribution;
import org.motleysim.workloads.llm.session.Conversations;
import org.motleysim.workloads.llm.session.Sessions;

/** What arrives when it is not single requests. */
final class SessionsCodec {

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
            .build();

    private SessionsCodec() {}
}
