package org.motleysim.workloads.offload;

import java.util.List;
import org.motleysim.core.random.IndexedDraws;

/** When tasks come and how large they are: all chance of the devices, by device and number of the draw. */
final class Traffic {
    private final IndexedDraws draws;
    private final int[] drawn;
    private final double[] meanGapNanos; // by application
    private final double[] activeNanos;
    private final double[] idleNanos;
    private final double[] phase; // of each device in its cycle at time zero
    private final boolean[] exponential;

    Traffic(List<Application> applications, int devices, IndexedDraws draws) {
        this.draws = draws;
        this.drawn = new int[devices];
        this.phase = new double[devices];
        int kinds = applications.size();
        meanGapNanos = new double[kinds];
        activeNanos = new double[kinds];
        idleNanos = new double[kinds];
        exponential = new boolean[kinds];
        for (int a = 0; a < kinds; a++) {
            Application of = applications.get(a);
            meanGapNanos[a] = of.meanGap().toNanos();
            activeNanos[a] = of.active().toNanos();
            idleNanos[a] = of.idle().toNanos();
            exponential[a] = of.sizes() == Application.Sizes.EXPONENTIAL;
        }
    }

    void begin(int device, int application) {
        double cycle = activeNanos[application] + idleNanos[application];
        phase[device] = idleNanos[application] == 0 ? 0 : unit(device) * cycle;
    }

    /** Returns the time of the next task of a device after a time: a Poisson process on the clock that runs while it is active. */
    long nextNanos(int device, int application, long now) {
        double gap = -meanGapNanos[application] * StrictMath.log(open(device));
        double idle = idleNanos[application];
        if (idle == 0) {
            return after(now, gap);
        }
        double active = activeNanos[application];
        double cycle = active + idle;
        double at = (now + phase[device]) % cycle;
        double wait = at < active ? 0 : cycle - at;
        double left = at < active ? active - at : active;
        if (gap < left) {
            return after(now, wait + gap);
        }
        double beyond = gap - left;
        double spells = Math.floor(beyond / active);
        return after(now, wait + left + idle + spells * cycle + (beyond - spells * active));
    }

    /** What is beyond the range of time never comes. */
    private static long after(long now, double nanos) {
        return nanos < Long.MAX_VALUE - (double) now ? now + (long) Math.rint(nanos) : Long.MAX_VALUE;
    }

    /** Returns how large something is over its mean. */
    double size(int device, int application) {
        return exponential[application] ? -StrictMath.log(open(device)) : 1;
    }

    double unit(int device) {
        return draws.unit((long) device << 32 | drawn[device]++);
    }

    private double open(int device) {
        return draws.open((long) device << 32 | drawn[device]++);
    }
}
