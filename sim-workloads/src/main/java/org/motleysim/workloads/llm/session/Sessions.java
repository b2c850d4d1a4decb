package org.motleysim.workloads.llm.session;

/** What arrives when it is not single requests: each arrival begins one of these. Immutable, with value equality. */
public sealed interface Sessions permits Conversations, AgentGraph {
    /** Whether each request's lengths are those of the service; otherwise the session says them. */
    default boolean usesLengths() {
        return true;
    }
}
