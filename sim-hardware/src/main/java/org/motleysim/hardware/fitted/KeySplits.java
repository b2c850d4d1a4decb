package org.motleysim.hardware.fitted;

/**
 * Into how many parts a decode kernel divides the keys of a sequence so that all multiprocessors have work: the fewest parts that fill
 * waves within 15% of the fullest (the rule of FlashAttention-2, {@code num_splits_heuristic} in flash_api.cpp). One if four fifths of
 * the units are busy anyway. Answers are remembered; used by one thread at a time.
 */
final class KeySplits {
    private static final int MOST = 128;
    private static final int MOST_BLOCKS = 1024;
    private static final double ENOUGH = 0.85;
    private static final double BUSY = 0.8;

    private final int units;
    private final byte[][] known;

    KeySplits(int units) {
        this.units = units;
        this.known = new byte[(int) Math.ceil(BUSY * units)][];
    }

    /**
     * Returns the number of parts.
     *
     * @param blocks of work without division
     * @param keyBlocks into which the keys of one can be divided, at least 1
     */
    int parts(double blocks, double keyBlocks) {
        if (blocks >= known.length) {
            return 1;
        }
        int row = (int) blocks;
        int column = (int) Math.min(keyBlocks, MOST_BLOCKS);
        byte[] answers = known[row];
        if (answers == null) {
            answers = new byte[MOST_BLOCKS + 1];
            known[row] = answers;
        }
        if (answers[column] == 0) {
            answers[column] = (byte) find(Math.max(1, row), column);
        }
        return answers[column] & 0xff;
    }

    private int find(int blocks, int keyBlocks) {
        int most = Math.min(Math.min(MOST, units), keyBlocks);
        double best = 0;
        for (int parts = 1; parts <= most; parts++) {
            best = Math.max(best, fullness(blocks, keyBlocks, parts));
        }
        for (int parts = 1; parts <= most; parts++) {
            if (fullness(blocks, keyBlocks, parts) >= ENOUGH * best) {
                return parts;
            }
        }
        return 1;
    }

    /** Share of the waves that is full; 0 if one part fewer would leave parts just as long. */
    private double fullness(int blocks, int keyBlocks, int parts) {
        if (parts > 1 && ceil(keyBlocks, parts) == ceil(keyBlocks, parts - 1)) {
            return 0;
        }
        double waves = (double) (blocks * parts) / units;
        return waves / Math.ceil(waves);
    }

    private static int ceil(int a, int b) {
        return (a + b - 1) / b;
    }
}
