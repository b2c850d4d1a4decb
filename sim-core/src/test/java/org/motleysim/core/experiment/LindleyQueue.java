package org.motleysim.core.experiment;

import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.random.RandomStream;
import org.motleysim.core.random.RandomStreams;

/** An M/M/1 queue by Lindley's recursion, started in its steady state, so that there is no bias to warm off. */
record LindleyQueue(double arrivalRate, double serviceRate, int customers) implements Trial {

    /** The exact mean wait before service. */
    double exactWait() {
        return arrivalRate / serviceRate / (serviceRate - arrivalRate);
    }

    @Override
    public MetricSet run(long seed) {
        var streams = RandomStreams.of(seed);
        RandomStream arrivals = streams.stream("arrivals");
        RandomStream services = streams.stream("services");
        RandomStream start = streams.stream("start");
        // The steady wait is 0 with probability 1 - rho, else exponential with rate mu - lambda.
        boolean idle = start.nextOpen() < 1 - arrivalRate / serviceRate;
        double first = start.nextExponential(1 / (serviceRate - arrivalRate));
        double wait = idle ? 0 : first;
        double sum = 0;
        for (int i = 0; i < customers; i++) {
            sum += wait;
            wait = Math.max(
                    0, wait + services.nextExponential(1 / serviceRate) - arrivals.nextExponential(1 / arrivalRate));
        }
        return MetricSet.builder().put("wait", sum / customers, "s").build();
    }
}
