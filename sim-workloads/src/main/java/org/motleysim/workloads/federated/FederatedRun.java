package org.motleysim.workloads.federated;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.metric.Cdf;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.metric.Series;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.workloads.Balance;
import org.motleysim.workloads.BoundWorkload;
import org.motleysim.workloads.RowLog;
import org.motleysim.workloads.RunContext;
import org.motleysim.workloads.federated.learning.Learning;
import org.motleysim.workloads.federated.population.Clients;

/** One run of a federated job. */
final class FederatedRun implements BoundWorkload {
    private final RunContext context;
    private final FederatedJob job;
    private final Clients clients;
    private final Books books;
    private final Flights flights;
    private final Selector selector;
    private final Floor floor;
    private final Protocol protocol;
    private final Learning.Run learning;
    private final Optional<SharedLinks> links;
    private Optional<FederatedReport> report = Optional.empty();

    FederatedRun(FederatedJob job, RunContext context) {
        this.job = job;
        this.context = context;
        RandomStreams streams = context.streams();
        this.clients = job.clients().draw(streams, job.memory());
        this.books = new Books(clients.devices().table().classes().size());
        int slots = job.aggregation().slots(clients.size());
        TaskModel tasks = new TaskModel(job, clients, streams.stream("federated/work"));
        this.links = SharedLinks.isNeeded(job)
                ? Optional.of(new SharedLinks(context.simulation(), job, clients, slots + 1))
                : Optional.empty();
        this.flights = new Flights(context.simulation(), clients, tasks, books, links, slots);
        this.selector = new Selector(
                context.simulation(),
                clients,
                tasks,
                books,
                job,
                streams.stream("federated/selection"),
                streams.stream("federated/policy"));
        this.learning = job.learning()
                .bind(clients, slots + 1, job.aggregation().models(clients.size()), Floor.batch(job.work()), streams);
        this.floor = new Floor(
                context.simulation(), job, clients, tasks, flights, selector, books, learning, context.trace());
        this.protocol = Protocol.of(floor);
        flights.listen(protocol);
        floor.onEnd(protocol::stop);
    }

    @Override
    public void start() {
        learning.version(0, 0);
        if (context.warmupNanos() > 0) {
            context.simulation().scheduleAt(context.warmupNanos(), "federated-warm", this::warm);
        }
        protocol.start();
    }

    private void warm() {
        if (!floor.isOver()) {
            books.warm(context.warmupNanos());
        }
    }

    @Override
    public long completed() {
        return books.arrived;
    }

    @Override
    public void finish(MetricSet.Builder metrics) {
        String stuck = protocol.stuck();
        floor.finish();
        if (!stuck.isEmpty()) {
            books.failedRounds++;
            floor.rounds.add(0, books.version, floor.endNanos(), floor.endNanos(), 0, 0, 0, 0, Double.NaN, stuck);
        }
        FederatedReport done = new FederatedReport(job, clients, books, flights, selector, floor, links, stuck);
        report = Optional.of(done);
        done.put(metrics);
        learning.finish(metrics, floor.endNanos());
        learning.close();
    }

    private FederatedReport report() {
        return report.orElseThrow(() -> new IllegalStateException("the run is not finished"));
    }

    /** The energy of clients is not that of the cluster's devices. */
    @Override
    public double attributedJoules() {
        return 0;
    }

    @Override
    public double attributedUsd() {
        return 0;
    }

    @Override
    public List<Balance> conservation() {
        return report().balances();
    }

    @Override
    public List<Series> series() {
        List<Series> all = new ArrayList<>(learning.series());
        all.addAll(report().series());
        return all;
    }

    @Override
    public List<Cdf> cdfs() {
        return report().cdfs();
    }

    @Override
    public List<RowLog> logs() {
        return List.of(floor.rounds, report().classes());
    }

    @Override
    public String toString() {
        return "FederatedRun[" + job.name() + " at "
                + SimTime.format(context.simulation().now()) + "]";
    }
}
