package org.motleysim.hardware.fault;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which parts of a chip to protect, and how, so that silent errors stay below a target at the least area: the choice behind selective
 * protection, as against duplicating everything (dual-core lock-step), which costs 100 percent.
 *
 * <p>Exact, by branch and bound over the blocks; meant for the tens of blocks that a floor plan has.
 */
public final class SelectiveProtection {
    /** A way to protect a block: how much of its errors is caught, and how much area that takes relative to the block's own. */
    public enum Technique {
        /** Nothing is caught. */
        NONE(0, 0),
        /** Everything is computed twice and compared; a second copy of the block. */
        DUPLICATE(1, 1);

        private final double caught;
        private final double area;

        Technique(double caught, double area) {
            this.caught = caught;
            this.area = area;
        }
    }

    /**
     * A measure for one block other than the general ones, such as a parity bit per word, or hardened flip-flops.
     *
     * @param name of the measure
     * @param caughtShare share of the block's silent errors that it catches or corrects
     * @param areaShare more area, relative to the block's own
     */
    public record Measure(String name, double caughtShare, double areaShare) {
        /** @throws IllegalArgumentException if a number is out of its range */
        public Measure {
            Checks.share("caughtShare of " + name, caughtShare);
            Checks.notNegative("areaShare of " + name, areaShare);
        }

        static Measure of(Technique technique) {
            return new Measure(technique.name().toLowerCase(java.util.Locale.ROOT), technique.caught, technique.area);
        }
    }

    /**
     * A part of the chip.
     *
     * @param name of the block
     * @param areaShare share of the chip's area
     * @param silentFit silent errors in 1e9 hours when nothing is protected
     * @param measures what can be done beside nothing and duplication
     */
    public record Block(String name, double areaShare, double silentFit, List<Measure> measures) {
        /** @throws IllegalArgumentException if a number is out of its range */
        public Block {
            Checks.share("areaShare of " + name, areaShare);
            Checks.notNegative("silentFit of " + name, silentFit);
            measures = List.copyOf(measures);
        }
    }

    /**
     * What was chosen.
     *
     * @param measures the measure of each block, in the order of the blocks
     * @param areaOverhead more area, relative to the chip
     * @param silentFit silent errors left, in 1e9 hours
     */
    public record Choice(List<Measure> measures, double areaOverhead, double silentFit) {
        /** Keeps an own copy of the list. */
        public Choice {
            measures = List.copyOf(measures);
        }
    }

    private final List<Block> blocks;
    private final List<List<Measure>> options = new ArrayList<>();
    private final double target;
    private final double[] leastFitBehind;
    private final Measure[] chosen;
    private final Measure[] best;
    private double bestArea = Double.POSITIVE_INFINITY;
    private double bestFit;

    private SelectiveProtection(List<Block> blocks, double target) {
        this.blocks = blocks;
        this.target = target;
        this.chosen = new Measure[blocks.size()];
        this.best = new Measure[blocks.size()];
        this.leastFitBehind = new double[blocks.size() + 1];
        for (Block block : blocks) {
            List<Measure> own = new ArrayList<>(block.measures());
            own.add(Measure.of(Technique.NONE));
            own.add(Measure.of(Technique.DUPLICATE));
            own.sort(Comparator.comparingDouble(Measure::areaShare));
            options.add(own);
        }
        for (int i = blocks.size() - 1; i >= 0; i--) {
            double most = options.get(i).stream()
                    .mapToDouble(Measure::caughtShare)
                    .max()
                    .orElseThrow();
            leastFitBehind[i] = leastFitBehind[i + 1] + blocks.get(i).silentFit() * (1 - most);
        }
    }

    /**
     * Returns the choice of least area whose silent errors do not exceed the target; empty when no choice does.
     *
     * @param blocks the parts of the chip
     * @param targetFit silent errors allowed in 1e9 hours, zero or more
     */
    public static Optional<Choice> cheapest(List<Block> blocks, double targetFit) {
        Checks.notNegative("targetFit", targetFit);
        SelectiveProtection search = new SelectiveProtection(List.copyOf(blocks), targetFit);
        search.decide(0, 0, 0);
        return search.bestArea == Double.POSITIVE_INFINITY
                ? Optional.empty()
                : Optional.of(new Choice(List.of(search.best), search.bestArea, search.bestFit));
    }

    private void decide(int block, double area, double fit) {
        if (area >= bestArea || fit + leastFitBehind[block] > target) {
            return;
        }
        if (block == blocks.size()) {
            bestArea = area;
            bestFit = fit;
            System.arraycopy(chosen, 0, best, 0, chosen.length);
            return;
        }
        Block own = blocks.get(block);
        for (Measure measure : options.get(block)) {
            chosen[block] = measure;
            decide(
                    block + 1,
                    area + own.areaShare() * measure.areaShare(),
                    fit + own.silentFit() * (1 - measure.caughtShare()));
        }
    }
}
