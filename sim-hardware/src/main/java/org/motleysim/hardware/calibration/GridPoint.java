package org.motleysim.hardware.calibration;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.Shape;

/** Where a kernel lies in the table of its device: what must be equal to a measured row, and what may lie between rows. */
final class GridPoint {
    static final int MOST_AXES = 3;

    private GridPoint() {}

    /** Returns what must be equal, or null for a kernel without a shape, which no table can place. */
    static @Nullable List<Object> fixed(Kernel kernel) {
        Shape shape = kernel.shape();
        if (shape instanceof Shape.Product product) {
            return key(kernel, product.weightFormat());
        }
        if (shape instanceof Shape.Attention it) {
            return key(kernel, it.queryHeads(), it.keyValueHeads(), it.headDim(), it.window(), it.cacheFormat());
        }
        if (shape instanceof Shape.LatentAttention it) {
            return key(kernel, it.heads(), it.latentRank(), it.rotaryDim(), it.cacheFormat());
        }
        if (shape instanceof Shape.Experts it) {
            return key(kernel, it.hidden(), it.intermediate(), it.chosen(), it.experts(), it.skew());
        }
        if (shape instanceof Shape.Message it) {
            return List.of(kernel.family(), it.ranks());
        }
        return shape instanceof Shape.Rows || shape instanceof Shape.Elements ? key(kernel) : null;
    }

    /** Writes the coordinates and returns how many; each is the logarithm of a size. */
    static int axes(Kernel kernel, double[] into) {
        Shape shape = kernel.shape();
        if (shape instanceof Shape.Product it) {
            into[0] = log(it.n());
            into[1] = log(it.k());
            into[2] = log(it.m());
            return 3;
        }
        if (shape instanceof Shape.Attention it) {
            return tokens(it.sequences(), it.newTokens(), it.contextTokens(), into);
        }
        if (shape instanceof Shape.LatentAttention it) {
            return tokens(it.sequences(), it.newTokens(), it.contextTokens(), into);
        }
        if (shape instanceof Shape.Experts it) {
            into[0] = log(it.tokens());
            return 1;
        }
        if (shape instanceof Shape.Message it) {
            into[0] = log(it.bytes());
            return 1;
        }
        if (shape instanceof Shape.Rows it) {
            into[0] = log(it.columns());
            into[1] = log(it.rows());
            return 2;
        }
        if (shape instanceof Shape.Elements it) {
            into[0] = log(it.count());
            return 1;
        }
        return 0;
    }

    /** Sequences, tokens before the new ones and new tokens, the latter two per sequence. */
    private static int tokens(long sequences, long newTokens, long contextTokens, double[] into) {
        double count = Math.max(1, sequences);
        into[0] = log(count);
        into[1] = log((contextTokens - newTokens) / count);
        into[2] = log(newTokens / count);
        return 3;
    }

    /** One is added, so that nothing (no prefix) has a place, too. */
    private static double log(double size) {
        return StrictMath.log1p(size);
    }

    private static double log(long size) {
        return log((double) size);
    }

    private static List<Object> key(Kernel kernel, Object... rest) {
        Object[] all = new Object[rest.length + 2];
        all[0] = kernel.family();
        all[1] = kernel.format();
        System.arraycopy(rest, 0, all, 2, rest.length);
        return List.of(all);
    }
}
