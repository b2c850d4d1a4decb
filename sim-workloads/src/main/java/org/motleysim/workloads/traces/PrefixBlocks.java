package org.motleysim.workloads.traces;

import java.util.Arrays;

/**
 * The numbers that a trace gives to blocks of prompts, request after request. A number stands for a block and all before it, so that it
 * occurs at one position only.
 */
final class PrefixBlocks {
    /** Of a trace without such numbers. */
    static final PrefixBlocks NONE = new PrefixBlocks(1, new int[0], new int[0]);

    private final int blockTokens;
    private final int[] ends;
    private final int[] numbers;

    /**
     * Takes the arrays over.
     *
     * @param blockTokens tokens per block
     * @param ends where the numbers of each request end
     * @param numbers of all requests
     */
    PrefixBlocks(int blockTokens, int[] ends, int[] numbers) {
        this.blockTokens = blockTokens;
        this.ends = ends;
        this.numbers = numbers;
    }

    int blockTokens() {
        return blockTokens;
    }

    int count(int row) {
        return row < ends.length ? ends[row] - start(row) : 0;
    }

    int block(int row, int position) {
        return numbers[start(row) + position];
    }

    private int start(int row) {
        return row == 0 ? 0 : ends[row - 1];
    }

    /** Whether the first rows are alike. */
    boolean equalRows(PrefixBlocks other, int rows) {
        int last = Math.min(rows, ends.length);
        if (last != Math.min(rows, other.ends.length) || (last > 0 && blockTokens != other.blockTokens)) {
            return false;
        }
        return Arrays.equals(ends, 0, last, other.ends, 0, last)
                && (last == 0 || Arrays.equals(numbers, 0, ends[last - 1], other.numbers, 0, ends[last - 1]));
    }
}
