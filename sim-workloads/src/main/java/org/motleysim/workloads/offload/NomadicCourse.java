package org.motleysim.workloads.offload;

import org.motleysim.core.random.IndexedDraws;

/** The way of a device that stays for exponential times. */
final class NomadicCourse implements Mobility.Course {
    private final long key;
    private final int sites;
    private final double meanNanos;
    private final IndexedDraws draws;
    private int drawn;
    private int site;

    NomadicCourse(int device, int sites, double meanNanos, IndexedDraws draws) {
        this.key = (long) device << 32;
        this.sites = sites;
        this.meanNanos = meanNanos;
        this.draws = draws;
        this.site = (int) (draws.unit(key | drawn++) * sites);
    }

    @Override
    public int site() {
        return site;
    }

    @Override
    public long stayNanos() {
        if (sites == 1) {
            return Long.MAX_VALUE;
        }
        return (long) Math.rint(-meanNanos * StrictMath.log(draws.open(key | drawn++)));
    }

    @Override
    public int move() {
        int other = (int) (draws.unit(key | drawn++) * (sites - 1));
        site = other < site ? other : other + 1;
        return site;
    }
}
