package org.motleysim.workloads.federated.learning;

import java.util.List;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.metric.Series;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.workloads.federated.population.Clients;

/**
 * What is learnt in the rounds, besides that they take time: nothing ({@link #none}), a stand-in for it ({@link ConvergenceProxy}), or a
 * model that is really trained ({@link RealLearning}).
 */
public sealed interface Learning permits Learning.None, ConvergenceProxy, RealLearning {
    /** Returns rounds in which nothing is learnt: times, bytes and joules only. */
    static Learning none() {
        return new None();
    }

    /**
     * Makes the state of one run.
     *
     * @param clients who they are
     * @param slots how many tasks may be under way
     * @param models how many models there are: 1, or one more for each edge, or one for each client of gossip
     * @param batch samples of a local step
     * @param streams of the run
     */
    Run bind(Clients clients, int slots, int models, int batch, RandomStreams streams);

    /** Nothing is learnt. */
    record None() implements Learning {
        @Override
        public Run bind(Clients clients, int slots, int models, int batch, RandomStreams streams) {
            return new NothingLearnt();
        }
    }

    /**
     * The learning of one run. Told by the rounds what happens, in the order of the clock. Model 0 is the server's.
     *
     * <p>A task lives in a slot: {@link #begin} at its download, then {@link #keep} (its update waits in a buffer) or {@link #forget}.
     */
    interface Run {
        /**
         * A client starts from a model as it is now.
         *
         * @param slot of the task
         * @param client who trains
         * @param model which it downloads
         * @param steps local steps, one or more
         */
        void begin(int slot, int client, int model, int steps);

        /**
         * The update of a task has arrived, and waits in a buffer.
         *
         * @param weight in the mean: samples, or the weight of its staleness
         * @param worth what it counts as an update: the weight of its staleness, 1 for a fresh one
         */
        void keep(int slot, int buffer, double weight, double worth);

        /** The task is over without an update. */
        void forget(int slot);

        /** A model becomes the mean of what waits in a buffer, by weight (FedAvg). */
        void average(int buffer, int model);

        /** A model moves towards what waits in a buffer: {@code (1 - rate) model + rate mean} (FedAsync). */
        void mix(int buffer, int model, double rate);

        /** The sum of the weighted changes in a buffer over a number is added to a model, times a rate (FedBuff). */
        void add(int buffer, int model, double rate, double over);

        /** What waits in a buffer is thrown away. */
        void discard(int buffer);

        /** A model becomes the mean of others by weight. */
        void merge(int[] models, double[] weights, int into);

        /** The two models become their mean (gossip). */
        void meet(int one, int other);

        /** A model becomes a copy of another. */
        void copy(int from, int to);

        /** There is a new version of model 0. */
        void version(long version, long nanos);

        /** Returns the statistical utility of a client's last update, as Oort counts it; not a number where nothing is learnt. */
        double utility(int slot);

        /** Returns whether it has come as far as it should. */
        boolean isDone();

        /** Puts the metrics. */
        void finish(MetricSet.Builder metrics, long nanos);

        /** Curves over time. */
        List<Series> series();

        /** Frees what it holds, such as threads. */
        void close();
    }
}
