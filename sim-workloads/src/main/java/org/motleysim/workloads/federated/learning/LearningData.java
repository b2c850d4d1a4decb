package org.motleysim.workloads.federated.learning;

import java.nio.file.Path;
import java.util.List;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.workloads.federated.population.Clients;

/** The samples that clients learn from, and those that the model is tested on. */
public sealed interface LearningData permits SyntheticData, TableData {
    /** Features of a sample. */
    int features();

    /** Classes that samples are of. */
    int classes();

    /** Everything that keeps so many clients from learning. */
    List<String> problems(int clients);

    /** Makes the samples of one run. */
    Source bind(Clients clients, RandomStreams streams);

    /** Reads a table of samples. */
    static TableData read(Path file) {
        return TableData.read(file);
    }

    /** The samples of one run. Used by several threads. */
    interface Source {
        /** Returns the samples of a client. */
        Samples of(int client);

        /** Returns the samples that the model is tested on. */
        Samples test();
    }

    /**
     * Samples; read-only.
     *
     * @param features of one sample after another
     * @param labels of the samples
     */
    @SuppressWarnings("ArrayRecordComponent") // shared, never changed
    record Samples(double[] features, int[] labels) {}
}
