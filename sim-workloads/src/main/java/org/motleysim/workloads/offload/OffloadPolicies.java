package org.motleysim.workloads.offload;

/**
 * The policies that come with Motley. Each is immutable and has value equality. One that cannot do what it wants, because the device has
 * no processor or there is no cloud, takes the home site.
 */
public final class OffloadPolicies {
    private OffloadPolicies() {}

    /** Policies without a number of their own. */
    public enum Named implements OffloadPolicy {
        /** Everything on the device. */
        LOCAL,
        /** Everything on the site where the service of the device is: the nearest, unless services have to migrate. */
        EDGE,
        /** Everything in the cloud. */
        CLOUD,
        /** To the cloud with the probability that the application says, else to the home site; as EdgeCloudSim does by default. */
        CLOUD_SHARE,
        /** Any target that is possible, with equal chance. */
        RANDOM,
        /** The site with the fewest tasks for a core; among equals the home site, then the first. */
        LEAST_LOADED,
        /** Where the result is back first, as far as one can tell now. */
        LATENCY,
        /** Where the device spends the least energy; among equals where the result is back first. */
        ENERGY;

        @Override
        public int choose(OffloadView task) {
            return switch (this) {
                case LOCAL -> task.possible(OffloadView.LOCAL) ? OffloadView.LOCAL : task.home();
                case EDGE -> task.home();
                case CLOUD -> task.hasCloud() ? task.cloud() : task.home();
                case CLOUD_SHARE ->
                    task.hasCloud() && task.chance() < task.application().cloudShare() ? task.cloud() : task.home();
                case RANDOM -> random(task);
                case LEAST_LOADED -> leastLoaded(task);
                case LATENCY -> least(task, 1);
                case ENERGY -> least(task, 0);
            };
        }

        private static int random(OffloadView task) {
            int possible = 0;
            for (int target = 0; target < task.targets(); target++) {
                possible += task.possible(target) ? 1 : 0;
            }
            int left = (int) (task.chance() * possible);
            int target = 0;
            while (!task.possible(target) || left-- > 0) {
                target++;
            }
            return target;
        }

        private static int leastLoaded(OffloadView task) {
            int best = task.home();
            double least = (double) task.jobs(best) / task.cores(best);
            for (int site = 1; site <= task.sites(); site++) {
                double load = (double) task.jobs(site) / task.cores(site);
                if (load < least && task.possible(site)) {
                    least = load;
                    best = site;
                }
            }
            return best;
        }
    }

    /**
     * Returns the policy that minimises {@code weight * time / longest time + (1 - weight) * energy / largest energy}, with the longest
     * and largest over all targets that are possible.
     *
     * @param timeWeight 1 for time alone, 0 for energy of the device alone
     */
    public static OffloadPolicy weighted(double timeWeight) {
        return new Weighted(timeWeight);
    }

    /**
     * Weighs time against energy.
     *
     * @param timeWeight 0 to 1
     */
    public record Weighted(double timeWeight) implements OffloadPolicy {
        /** @throws IllegalArgumentException if the weight is not from 0 to 1 */
        public Weighted {
            if (!(timeWeight >= 0 && timeWeight <= 1)) {
                throw new IllegalArgumentException("time weight (" + timeWeight + ") must be from 0 to 1");
            }
        }

        @Override
        public int choose(OffloadView task) {
            return least(task, timeWeight);
        }
    }

    private static int least(OffloadView task, double timeWeight) {
        double longest = 0;
        double largest = 0;
        for (int target = 0; target < task.targets(); target++) {
            if (task.possible(target)) {
                longest = Math.max(longest, task.estimatedSeconds(target));
                largest = Math.max(largest, task.estimatedJoules(target));
            }
        }
        int best = task.home();
        double least = Double.POSITIVE_INFINITY;
        double fastest = Double.POSITIVE_INFINITY;
        for (int target = 0; target < task.targets(); target++) {
            if (!task.possible(target)) {
                continue;
            }
            double seconds = task.estimatedSeconds(target);
            double cost = timeWeight * share(seconds, longest)
                    + (1 - timeWeight) * share(task.estimatedJoules(target), largest);
            if (cost < least || (cost == least && seconds < fastest)) {
                least = cost;
                fastest = seconds;
                best = target;
            }
        }
        return best;
    }

    /** What never ends costs most, and so does nothing where nothing costs anything. */
    private static double share(double value, double largest) {
        if (largest == 0) {
            return 0;
        }
        return largest == Double.POSITIVE_INFINITY ? (value == largest ? 1 : 0) : value / largest;
    }
}
