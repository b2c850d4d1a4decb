package org.motleysim.workloads.llm.routing;

import org.motleysim.hardware.device.DeviceSpec;

/** A router's view of one replica: a copy of the model on one device, or on several in tensor parallelism. */
public interface Replica {
    /** Position among the replicas, from 0. */
    int index();

    /** The name of its first device, such as {@code h100-0}. */
    String name();

    /** What its devices are. */
    DeviceSpec device();

    /** How many devices share the model. */
    int tensorParallel();

    /** Requests routed here that have not finished yet, including those whose prompt is still on its way. */
    int outstanding();

    /** Requests that wait here to be scheduled. */
    int waiting();

    /** Sequences that run here. */
    int running();

    /** KV blocks in use as a share of the replica's blocks, in [0, 1]. */
    double kvOccupancy();

    /** Tokens at the beginning of the request's prompt that are in the prefix cache here; 0 without one. */
    default int cachedTokens(RoutedRequest request) {
        return 0;
    }

    /** Prompt tokens still to be computed and output tokens still to be produced for the outstanding requests. */
    long outstandingTokens();

    /** Estimated seconds to compute a token of a prompt in a well-filled iteration. */
    double secondsPerPromptToken();

    /**
     * Estimated seconds of work in all outstanding requests: their uncomputed prompt tokens and unproduced output tokens, each at this
     * replica's own cost per token in a well-filled iteration.
     */
    double outstandingSeconds();

    /** Estimated seconds of work that the request would add here, by the same rule. */
    double estimateSeconds(RoutedRequest request);

    /** Estimated dollars per output token in a well-filled iteration, from the price per hour of its devices; 0 when they have none. */
    double costPerToken();
}
