package org.motleysim.workloads.graph;

/** Where a graph was read from, so that a scenario that holds it can be written down again. */
public sealed interface GraphSource permits GraphFiles, WorkflowFile, StgFile, DotFile, ChakraFile {
    /**
     * Reads the graph.
     *
     * @throws GraphFileException if it is no task graph, with all problems
     * @throws java.io.UncheckedIOException if a file cannot be read
     */
    TaskGraph read();
}
