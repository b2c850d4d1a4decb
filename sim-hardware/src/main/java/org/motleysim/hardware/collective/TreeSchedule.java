package org.motleysim.hardware.collective;

import java.util.Arrays;

/**
 * Sums go up trees and results down, chunk behind chunk; with two trees half of the buffer goes over each. A node of depth d in a tree of
 * height H sends chunk k up in step H - d + k and gets it back in step H + d - 1 + k, so that both ways are in use at once.
 */
final class TreeSchedule implements CollectiveSchedule {
    private final Tree[] trees;
    private final long chunk;
    private final int chunks;
    private final boolean up;
    private final int height;

    /**
     * @param chunk bytes of a chunk in one tree
     * @param up whether sums go up before results go down
     */
    TreeSchedule(Tree[] trees, long chunk, int chunks, boolean up) {
        this.trees = trees;
        this.chunk = chunk;
        this.chunks = chunks;
        this.up = up;
        this.height = Arrays.stream(trees).mapToInt(Tree::height).max().orElse(0);
    }

    int height() {
        return height;
    }

    @Override
    public int steps() {
        return height == 0 ? 0 : (up ? 2 : 1) * height + chunks - 1;
    }

    @Override
    public void step(int rank, int step, Step into) {
        for (Tree tree : trees) {
            int depth = tree.depth(rank);
            int children = tree.children(rank);
            if (up) {
                if (depth > 0 && isChunk(step - (height - depth))) {
                    into.send(tree.parent(rank), chunk);
                }
                if (children > 0 && isChunk(step - (height - depth - 1))) {
                    into.receive(children);
                    into.reduce(children * chunk);
                }
            }
            int first = (up ? height : 0) + depth;
            if (depth > 0 && isChunk(step - (first - 1))) {
                into.receive(1);
            }
            if (children > 0 && isChunk(step - first)) {
                for (int i = 0; i < children; i++) {
                    into.send(tree.child(rank, i), chunk);
                }
            }
        }
    }

    private boolean isChunk(int number) {
        return number >= 0 && number < chunks;
    }
}
