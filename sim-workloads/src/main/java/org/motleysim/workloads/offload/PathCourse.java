package org.motleysim.workloads.offload;

import java.util.List;
import org.motleysim.core.random.IndexedDraws;

/** The way of a device along a path: the nearest site at each point, forth and back. */
final class PathCourse implements Mobility.Course {
    private final int[] nearest; // of each point
    private final long stepNanos;
    private int at; // step of a walk forth and back, of 2 (n - 1) steps

    private PathCourse(int[] nearest, long stepNanos, int at) {
        this.nearest = nearest;
        this.stepNanos = stepNanos;
        this.at = at;
    }

    static PathCourse of(Mobility.Path path, int device, List<Site> sites, IndexedDraws draws) {
        int[] nearest =
                path.points().stream().mapToInt(point -> nearest(point, sites)).toArray();
        int round = 2 * (nearest.length - 1);
        return new PathCourse(nearest, path.step().toNanos(), (int) (draws.unit((long) device << 32) * round));
    }

    private static int nearest(Coordinates point, List<Site> sites) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < sites.size(); i++) {
            Site site = sites.get(i);
            double metres = site.position()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "site (" + site.name() + ") must have a position where devices move along a path"))
                    .metresTo(point);
            if (metres < least) {
                least = metres;
                best = i;
            }
        }
        return best;
    }

    @Override
    public int site() {
        return nearest[point(at)];
    }

    /** How many steps until another site is nearest. */
    @Override
    public long stayNanos() {
        int round = 2 * (nearest.length - 1);
        for (int steps = 1; steps <= round; steps++) {
            if (nearest[point((at + steps) % round)] != site()) {
                return steps * stepNanos;
            }
        }
        return Long.MAX_VALUE;
    }

    @Override
    public int move() {
        int round = 2 * (nearest.length - 1);
        int here = site();
        for (int steps = 0; steps < round && site() == here; steps++) {
            at = (at + 1) % round;
        }
        return site();
    }

    private int point(int step) {
        return step < nearest.length ? step : 2 * (nearest.length - 1) - step;
    }
}
