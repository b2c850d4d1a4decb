package org.motleysim.workloads.federated;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.workloads.federated.learning.StalenessWeight;

/** When updates become a new version of the model. */
public sealed interface Aggregation {
    /** Returns how many tasks may be under way at once among so many clients. */
    int slots(int clients);

    /** Returns how many models there are among so many clients. */
    default int models(int clients) {
        return 1;
    }

    /** Returns how many updates an aggregation has, for secure aggregation. */
    int cohort(int clients);

    /**
     * Synchronous rounds, FedAvg (McMahan et al., AISTATS 2017; with over-selection, a quorum and a deadline as Bonawitz et al., MLSys 2019).
     * A round invites clients as they are free, ends when the participants' updates have arrived, and drops the rest. At the deadline, or when
     * nobody is left who could still arrive, it ends with what there is if that is the quorum, and fails otherwise.
     *
     * @param participants updates that end a round, one or more
     * @param invited clients that are asked for that, at least the participants
     * @param deadline of a round, from its start; none: a round may last for ever
     * @param quorum updates that a round must have, from 1 to the participants
     */
    record Synchronous(int participants, int invited, Optional<Duration> deadline, int quorum) implements Aggregation {
        /** @throws IllegalArgumentException if a number is out of range */
        public Synchronous {
            atLeast("participants", participants, 1);
            if (invited < participants) {
                throw new IllegalArgumentException("invited (" + invited + ") must be at least the participants ("
                        + participants + ")\nMaybe 1.3 times as many.");
            }
            if (quorum < 1 || quorum > participants) {
                throw new IllegalArgumentException(
                        "quorum (" + quorum + ") must be from 1 to the participants (" + participants + ")");
            }
            positive("deadline", deadline);
        }

        /** Rounds of so many clients, all of whom are waited for. */
        public static Synchronous of(int participants) {
            return new Synchronous(participants, participants, Optional.empty(), 1);
        }

        @Override
        public int slots(int clients) {
            return Math.min(clients, invited);
        }

        @Override
        public int cohort(int clients) {
            return Math.min(clients, invited);
        }
    }

    /**
     * Asynchronous: each update moves the model at once, {@code (1 - a) model + a update} with {@code a = mixing x weight(staleness)}
     * (FedAsync: Xie, Koyejo and Gupta, 2019).
     *
     * @param concurrency clients that work at once
     * @param mixing above 0 and at most 1
     * @param weight of stale updates
     */
    record Asynchronous(int concurrency, double mixing, StalenessWeight weight) implements Aggregation {
        /** @throws IllegalArgumentException if a number is out of range */
        public Asynchronous {
            atLeast("concurrency", concurrency, 1);
            if (!(mixing > 0 && mixing <= 1)) {
                throw new IllegalArgumentException("mixing (" + mixing + ") must be above 0 and at most 1");
            }
        }

        @Override
        public int slots(int clients) {
            return Math.min(clients, concurrency);
        }

        @Override
        public int cohort(int clients) {
            return 1;
        }
    }

    /**
     * Buffered asynchronous, FedBuff (Nguyen et al., AISTATS 2022): as many clients work at once as the concurrency, a client that is done is
     * replaced at once, and each time the buffer is full its mean change, weighted by staleness, is added to the model.
     *
     * @param concurrency clients that work at once
     * @param buffer updates of a version; more than the concurrency is legal, then the mean staleness is below 1
     * @param serverRate what the mean change is multiplied with
     * @param weight of stale updates
     * @param maxStaleness above which an update is thrown away
     */
    record Buffered(int concurrency, int buffer, double serverRate, StalenessWeight weight, OptionalInt maxStaleness)
            implements Aggregation {
        /** @throws IllegalArgumentException if a number is out of range */
        public Buffered {
            atLeast("concurrency", concurrency, 1);
            atLeast("buffer", buffer, 1);
            if (!(serverRate > 0 && serverRate < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("serverRate (" + serverRate + ") must be above zero");
            }
            if (maxStaleness.isPresent()) {
                atLeast("maxStaleness", maxStaleness.getAsInt(), 0);
            }
        }

        /** A buffer with FedBuff's weights, {@code (1 + staleness)^-0.5}, and a server rate of 1. */
        public static Buffered of(int concurrency, int buffer) {
            return new Buffered(concurrency, buffer, 1, StalenessWeight.polynomial(0.5), OptionalInt.empty());
        }

        @Override
        public int slots(int clients) {
            return Math.min(clients, concurrency);
        }

        @Override
        public int cohort(int clients) {
            return buffer;
        }
    }

    /**
     * Semi-synchronous groups, FedCompass (Li et al., ICLR 2024): a scheduler that learns how fast each client is gives each as many local
     * steps, from {@code minSteps} to {@code maxSteps}, as let it arrive together with a group; a group waits for its late ones until
     * {@code lambda} times its expected time. All clients take part all the time.
     *
     * @param minSteps Qmin, one or more
     * @param maxSteps Qmax, at least Qmin
     * @param lambda latest arrival over expected, at least 1
     * @param speedMomentum what of an old estimate of the speed stays, from 0 to below 1
     * @param serverRate what the mean change of a group is multiplied with
     * @param weight of stale updates
     */
    record Compass(
            int minSteps, int maxSteps, double lambda, double speedMomentum, double serverRate, StalenessWeight weight)
            implements Aggregation {
        /** @throws IllegalArgumentException if a number is out of range */
        public Compass {
            atLeast("minSteps", minSteps, 1);
            atLeast("maxSteps", maxSteps, minSteps);
            if (!(lambda >= 1 && lambda < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("lambda (" + lambda + ") must be at least 1\nMaybe 1.5.");
            }
            if (!(speedMomentum >= 0 && speedMomentum < 1)) {
                throw new IllegalArgumentException("speedMomentum (" + speedMomentum + ") must be from 0 to below 1");
            }
            if (!(serverRate > 0 && serverRate < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("serverRate (" + serverRate + ") must be above zero");
            }
        }

        @Override
        public int slots(int clients) {
            return clients;
        }

        @Override
        public int cohort(int clients) {
            return clients;
        }
    }

    /**
     * Tiers of clients that are about equally fast, each with synchronous rounds of its own; the model is the mean of the tiers' models, in
     * which the tiers that finish less often count more (FedAT: Chai et al., SC 2021, equation 3: tier m of M weighs as much as tier
     * {@code M + 1 - m} has updated).
     *
     * @param tiers how many, one or more; clients are split by the time that a task takes them
     * @param participants of a round in a tier
     */
    record Tiered(int tiers, int participants) implements Aggregation {
        /** @throws IllegalArgumentException if a number is less than one */
        public Tiered {
            atLeast("tiers", tiers, 1);
            atLeast("participants", participants, 1);
        }

        @Override
        public int slots(int clients) {
            return Math.min(clients, tiers * participants);
        }

        @Override
        public int models(int clients) {
            return 1 + tiers;
        }

        @Override
        public int cohort(int clients) {
            return participants;
        }
    }

    /**
     * Device, edge, cloud (Liu et al., "Client-edge-cloud hierarchical federated learning", ICC 2020): client i belongs to edge
     * {@code i mod edges}; each edge has {@code edgeRounds} synchronous rounds, then sends its model over its backhaul, and the cloud takes the
     * mean when all edges have.
     *
     * @param edges how many, one or more
     * @param participants of a round at an edge
     * @param edgeRounds before an edge sends, one or more
     * @param backhaul between an edge and the cloud; absent: takes no time
     * @param backhaulLatency one way
     */
    record Hierarchical(
            int edges, int participants, int edgeRounds, Optional<Bandwidth> backhaul, Duration backhaulLatency)
            implements Aggregation {
        /** @throws IllegalArgumentException if a number is out of range */
        public Hierarchical {
            atLeast("edges", edges, 1);
            atLeast("participants", participants, 1);
            atLeast("edgeRounds", edgeRounds, 1);
            if (backhaul.filter(Bandwidth.ZERO::equals).isPresent() || backhaulLatency.isNegative()) {
                throw new IllegalArgumentException("backhaul (" + backhaul + ") must be above zero, and its latency ("
                        + backhaulLatency + ") zero or more");
            }
        }

        @Override
        public int slots(int clients) {
            return Math.min(clients, edges * participants);
        }

        @Override
        public int models(int clients) {
            return 1 + edges;
        }

        @Override
        public int cohort(int clients) {
            return participants;
        }
    }

    /**
     * Gossip without a server (Boyd et al., "Randomized gossip algorithms", IEEE ToIT 2006): each client trains its own model and sends it to
     * another that is available, drawn at random; the two then have the mean of both. All clients take part all the time.
     */
    record Gossip() implements Aggregation {
        @Override
        public int slots(int clients) {
            return clients;
        }

        @Override
        public int models(int clients) {
            return 1 + clients;
        }

        @Override
        public int cohort(int clients) {
            return 1;
        }
    }

    private static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " (" + value + ") must be at least " + least);
        }
    }

    private static void positive(String name, Optional<Duration> time) {
        if (time.filter(each -> each.isNegative() || each.isZero()).isPresent()) {
            throw new IllegalArgumentException(name + " (" + time.get() + ") must be more than zero");
        }
    }
}
