package org.motleysim.hardware.collective;

import java.util.Arrays;

/** A rooted tree over ranks. Immutable. */
final class Tree {
    private static final int NONE = -1;

    private final int[] parent;
    private final int[] depth;
    private final int[] firstChild;
    private final int[] childCount;
    private final int[] childList;
    private final int height;

    private Tree(int[] parent) {
        int ranks = parent.length;
        this.parent = parent;
        this.depth = new int[ranks];
        this.firstChild = new int[ranks];
        this.childCount = new int[ranks];
        this.childList = new int[ranks];
        for (int rank = 0; rank < ranks; rank++) {
            if (parent[rank] != NONE) {
                childCount[parent[rank]]++;
            }
        }
        for (int rank = 1; rank < ranks; rank++) {
            firstChild[rank] = firstChild[rank - 1] + childCount[rank - 1];
        }
        int[] filled = new int[ranks];
        for (int rank = 0; rank < ranks; rank++) {
            int above = parent[rank];
            if (above != NONE) {
                childList[firstChild[above] + filled[above]++] = rank;
            }
            int levels = 0;
            for (int at = above; at != NONE; at = parent[at]) {
                levels++;
            }
            depth[rank] = levels;
        }
        this.height = Arrays.stream(depth).max().orElse(0);
    }

    /** Rank r hangs below rank (r - 1) / arity. An arity of one is a chain. */
    static Tree heap(int ranks, int arity) {
        int[] parent = new int[ranks];
        parent[0] = NONE;
        for (int rank = 1; rank < ranks; rank++) {
            parent[rank] = (rank - 1) / arity;
        }
        return new Tree(parent);
    }

    /**
     * Two trees in which who has children in the one has none in the other (Sanders, Speck and Traff 2009). In the first, odd ranks are
     * leaves, below the neighbour with more trailing zeros. The second is the first seen in a mirror, or for an odd number of ranks moved
     * on by one.
     */
    static Tree[] both(int ranks) {
        int[] first = new int[ranks];
        first[0] = NONE;
        for (int rank = 1; rank < ranks; rank++) {
            int bit = Integer.lowestOneBit(rank);
            int above = (rank ^ bit) | (bit << 1);
            first[rank] = above < ranks ? above : rank ^ bit;
        }
        int[] second = new int[ranks];
        for (int rank = 0; rank < ranks; rank++) {
            second[image(rank, ranks)] = first[rank] == NONE ? NONE : image(first[rank], ranks);
        }
        return new Tree[] {new Tree(first), new Tree(second)};
    }

    private static int image(int rank, int ranks) {
        return ranks % 2 == 0 ? ranks - 1 - rank : (rank + 1) % ranks;
    }

    int height() {
        return height;
    }

    int depth(int rank) {
        return depth[rank];
    }

    int parent(int rank) {
        return parent[rank];
    }

    int children(int rank) {
        return childCount[rank];
    }

    int child(int rank, int index) {
        return childList[firstChild[rank] + index];
    }
}
