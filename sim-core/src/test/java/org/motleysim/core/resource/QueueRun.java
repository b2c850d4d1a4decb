package org.motleysim.core.resource;

import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.random.Distribution;
import org.motleysim.core.random.RandomStream;
import org.motleysim.core.random.RandomStreams;

/** One run of customers with Poisson arrivals through one station, from empty to empty. */
final class QueueRun {
    /** Where customers are served. */
    interface Station {
        void enter(double serviceSeconds, EventType done, long customer);
    }

    /** Makes the station of a run. */
    interface StationFactory {
        Station open(Simulation simulation);
    }

    final Simulation simulation = new Simulation();
    final double[] secondsInSystem;
    final double[] service;
    double workArrived;
    long lastDeparture;

    private final Station station;
    private final double meanGap;
    private final Distribution services;
    private final RandomStream arrivalStream;
    private final RandomStream serviceStream;
    private final long[] arrivedAt;
    private final EventType arrival;
    private final EventType departure;

    QueueRun(RandomStreams streams, double perSecond, Distribution services, int customers, StationFactory stations) {
        this.meanGap = 1 / perSecond;
        this.services = services;
        this.secondsInSystem = new double[customers];
        this.service = new double[customers];
        this.arrivedAt = new long[customers];
        this.arrivalStream = streams.stream("arrivals");
        this.serviceStream = streams.stream("services");
        this.station = stations.open(simulation);
        this.arrival = simulation.register("arrival", this::arrive);
        this.departure = simulation.register("departure", this::depart);
        simulation.schedule(SimTime.nanos(arrivalStream.nextExponential(meanGap)), arrival, 0);
    }

    QueueRun run() {
        simulation.run();
        return this;
    }

    private void arrive(long customer) {
        int index = (int) customer;
        arrivedAt[index] = simulation.now();
        service[index] = services.sample(serviceStream);
        workArrived += service[index];
        station.enter(service[index], departure, customer);
        if (index + 1 < arrivedAt.length) {
            simulation.schedule(SimTime.nanos(arrivalStream.nextExponential(meanGap)), arrival, customer + 1);
        }
    }

    private void depart(long customer) {
        secondsInSystem[(int) customer] = SimTime.seconds(simulation.now() - arrivedAt[(int) customer]);
        lastDeparture = simulation.now();
    }

    /** A mean over independent replications with its confidence interval. */
    record Estimate(double mean, double halfWidth) {
        /** Student's t at 99.9%: each of a dozen tests errs once in a thousand seeds, and the seed is fixed. */
        static Estimate of(SummaryStatistics replications) {
            double n = replications.getN();
            double t = new TDistribution(null, n - 1).inverseCumulativeProbability(0.9995);
            return new Estimate(replications.getMean(), t * replications.getStandardDeviation() / Math.sqrt(n));
        }
    }
}
