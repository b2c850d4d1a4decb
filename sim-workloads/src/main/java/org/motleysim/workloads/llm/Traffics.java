package org.motleysim.workloads.llm;

import java.util.Optional;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.workloads.RunContext;
import org.motleysim.workloads.llm.session.AgentGraph;
import org.motleysim.workloads.llm.session.Conversations;
import org.motleysim.workloads.llm.session.Sessions;

/** Starts the traffics of a service for one run. */
final class Traffics {
    private Traffics() {}

    static Traffic[] of(LlmServing serving, RunContext context, LiveRequests live, Traffic.Frontend frontend) {
        Traffic[] all = new Traffic[1 + serving.tenants().size()];
        Simulation simulation = context.simulation();
        EventType arrival = simulation.register("llm.arrival", index -> all[(int) index].arrive());
        EventType turn = simulation.register("llm.turn", place -> all[(int) (place >>> 32)].proceed((int) place));
        RequestFeed feed = serving.feed(context.streams());
        all[0] = of(0, serving.name(), serving.sessions(), feed, serving, context, live, frontend, arrival, turn);
        for (int i = 1; i < all.length; i++) {
            Tenant tenant = serving.tenants().get(i - 1);
            String name = serving.name() + "/" + tenant.name();
            RequestFeed own = new RequestFeed(
                    tenant.arrivals().bind(context.streams().stream(name + "/arrivals")),
                    tenant.lengths().bind(context.streams().stream(name + "/lengths")),
                    tenant.requests().orElse(Long.MAX_VALUE));
            all[i] = of(i, name, tenant.sessions(), own, serving, context, live, frontend, arrival, turn);
        }
        return all;
    }

    private static Traffic of(
            int index,
            String name,
            Optional<Sessions> sessions,
            RequestFeed feed,
            LlmServing serving,
            RunContext context,
            LiveRequests live,
            Traffic.Frontend frontend,
            EventType arrival,
            EventType turn) {
        RandomStreams streams = context.streams();
        if (sessions.isEmpty()) {
            return new SingleRequests(index, feed, context.simulation(), arrival, frontend);
        }
        if (sessions.get() instanceof AgentGraph graph) {
            return new AgentTraffic(
                    index,
                    graph,
                    feed,
                    streams.stream(name + "/agents"),
                    context.simulation(),
                    arrival,
                    turn,
                    frontend,
                    live);
        }
        Conversations chat = (Conversations) sessions.get();
        return new ConversationTraffic(
                index,
                chat,
                feed,
                serving.model().contextLimit(),
                streams.stream(name + "/turns"),
                streams.stream(name + "/thinking"),
                context.simulation(),
                arrival,
                turn,
                frontend,
                live);
    }
}
