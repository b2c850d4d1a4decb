package org.motleysim.workloads.offload;

import java.time.Duration;
import java.util.List;
import org.motleysim.core.random.IndexedDraws;

/** How devices change from site to site. A description; {@link #bind} makes the way of one device. */
public interface Mobility {
    /**
     * Returns the way of one device.
     *
     * @param device its number among all devices
     * @param sites all of them, one or more
     * @param draws chance, by index; a device uses only indices that begin with its number: {@code device << 32 | n}
     * @throws IllegalArgumentException if the sites are not what it needs, such as having positions
     */
    Course bind(int device, List<Site> sites, IndexedDraws draws);

    /** The way of one device. */
    interface Course {
        /** Returns the site at which it is. */
        int site();

        /** Returns how long it stays there from now on, in nanoseconds; {@link Long#MAX_VALUE} for good. */
        long stayNanos();

        /** Goes on to the next site, and returns it. */
        int move();
    }

    /** Returns devices that stay: device n at site n modulo the number of sites. */
    static Mobility none() {
        return Stationary.ALL;
    }

    /** Returns devices that stay at a site for an exponential time, then go to any other with equal chance. */
    static Mobility nomadic(Duration meanStay) {
        return new Nomadic(meanStay);
    }

    /** Returns devices that walk a path forth and back, each from a point of its own, always at the site that is nearest. */
    static Mobility path(List<Coordinates> points, Duration step) {
        return new Path(points, step);
    }

    /** Devices that stay. */
    enum Stationary implements Mobility {
        /** Device n at site n modulo the number of sites. */
        ALL;

        @Override
        public Course bind(int device, List<Site> sites, IndexedDraws draws) {
            int site = device % sites.size();
            return new Course() {
                @Override
                public int site() {
                    return site;
                }

                @Override
                public long stayNanos() {
                    return Long.MAX_VALUE;
                }

                @Override
                public int move() {
                    return site;
                }
            };
        }
    }

    /**
     * Devices that stay for an exponential time at a site, then go to any other with equal chance, as in EdgeCloudSim.
     *
     * @param meanStay more than zero
     */
    record Nomadic(Duration meanStay) implements Mobility {
        /** @throws IllegalArgumentException if the time is not above zero */
        public Nomadic {
            if (meanStay.isNegative() || meanStay.isZero()) {
                throw new IllegalArgumentException("mean stay (" + meanStay + ") must be above zero");
            }
        }

        @Override
        public Course bind(int device, List<Site> sites, IndexedDraws draws) {
            return new NomadicCourse(device, sites.size(), meanStay.toNanos(), draws);
        }
    }

    /**
     * Devices that walk along points, forth and back, each from a point of its own, always at the nearest site.
     *
     * @param points two or more
     * @param step time from one to the next, more than zero
     */
    record Path(List<Coordinates> points, Duration step) implements Mobility {
        /** @throws IllegalArgumentException if there are fewer than two points, or the step is not above zero */
        public Path {
            points = List.copyOf(points);
            if (points.size() < 2 || step.isNegative() || step.isZero()) {
                throw new IllegalArgumentException("path (" + points.size() + " points, step " + step
                        + ") must have two points or more and a step above zero");
            }
        }

        @Override
        public Course bind(int device, List<Site> sites, IndexedDraws draws) {
            return PathCourse.of(this, device, sites, draws);
        }
    }
}
