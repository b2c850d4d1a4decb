package org.motleysim.workloads.federated;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.metric.Cdf;
import org.motleysim.core.metric.LatencyHistogram;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.metric.Series;
import org.motleysim.workloads.Balance;
import org.motleysim.workloads.federated.population.BatteryLedger;
import org.motleysim.workloads.federated.population.Clients;

/** What a finished run of a federated job says. */
final class FederatedReport {
    private static final int CLASSES_AS_METRICS = 12;

    private final FederatedJob job;
    private final Clients clients;
    private final Books books;
    private final Flights flights;
    private final Selector selector;
    private final Floor floor;
    private final Optional<SharedLinks> links;
    private final String stuck;
    private final ClassLog classes;
    private final long end;
    private final double storedJoules;

    FederatedReport(
            FederatedJob job,
            Clients clients,
            Books books,
            Flights flights,
            Selector selector,
            Floor floor,
            Optional<SharedLinks> links,
            String stuck) {
        this.job = job;
        this.clients = clients;
        this.books = books;
        this.flights = flights;
        this.selector = selector;
        this.floor = floor;
        this.links = links;
        this.stuck = stuck;
        this.end = floor.endNanos();
        this.classes = ClassLog.of(job.name(), clients, books);
        this.storedJoules =
                clients.batteries().map(ledger -> ledger.storedJoules(end)).orElse(0.0);
    }

    ClassLog classes() {
        return classes;
    }

    void put(MetricSet.Builder metrics) {
        double seconds = SimTime.seconds(end);
        metrics.put("rounds.versions", (double) books.version, "1");
        metrics.put("rounds.failed", (double) books.failedRounds, "1");
        times(metrics, "rounds.time", books.roundTimes);
        metrics.put("throughput.versions", books.versionRate(end), "1/s");
        metrics.put("throughput.tasks", books.taskRate(end), "1/s");
        metrics.put("time.job", seconds, "s");
        metrics.put("rounds.stuck", stuck.isEmpty() ? 0 : 1, "1");

        metrics.put("tasks.launched", (double) books.launched, "1");
        metrics.put("tasks.arrived", (double) books.arrived, "1");
        metrics.put("tasks.used", (double) books.used, "1");
        for (LossCause cause : LossCause.values()) {
            metrics.put("tasks." + cause.metric(), (double) books.lost[cause.code()], "1");
        }
        metrics.put("tasks.too_stale", (double) books.tooStale, "1");
        metrics.put("tasks.late", (double) books.late, "1");
        metrics.put("tasks.in_flight.mean", books.meanInFlight(end), "1");
        times(metrics, "tasks.time", books.latency);

        metrics.put("staleness.mean", books.meanStaleness(), "1");
        metrics.put("staleness.p50", books.stalenessQuantile(0.5), "1");
        metrics.put("staleness.p99", books.stalenessQuantile(0.99), "1");
        metrics.put("staleness.max", books.maxStaleness(), "1");
        metrics.put("version_lag.mean", books.meanLag(end), "1");

        metrics.put("clients.count", clients.size(), "1");
        long took = classes.rows().stream().mapToLong(ClassLog.Row::tookPart).sum();
        metrics.put("clients.participated", (double) took / clients.size(), "1");
        metrics.put("clients.fairness", clients.fairness(), "1");
        metrics.put("clients.memory", (double) (clients.arrayBytes() + selector.arrayBytes()) / clients.size(), "B");
        if (classes.size() <= CLASSES_AS_METRICS && classes.size() > 1) {
            for (ClassLog.Row row : classes.rows()) {
                metrics.put("class." + row.name() + ".left_out", row.leftOut(), "1");
                metrics.put(
                        "class." + row.name() + ".participations",
                        books.arrived == 0 ? 0 : (double) row.participations() / books.arrived,
                        "1");
                metrics.put("class." + row.name() + ".energy", row.joules(), "J");
            }
        }
        putEnergy(metrics);
        putBytes(metrics);
    }

    private void putEnergy(MetricSet.Builder metrics) {
        metrics.put("clients.energy.total", books.joules(), "J");
        metrics.put("clients.energy.compute", books.computeJoules, "J");
        metrics.put("clients.energy.download", books.downJoules, "J");
        metrics.put("clients.energy.upload", books.upJoules, "J");
        metrics.put("clients.energy.tail", books.tailJoules, "J");
        metrics.put("clients.energy.wasted", books.wastedJoules, "J");
        if (books.version > 0) {
            metrics.put("clients.energy.per_version", books.joules() / books.version, "J");
        }
        metrics.put("server.busy", books.serverSeconds(), "s");
        if (clients.batteries().isPresent()) {
            BatteryLedger ledger = clients.batteries().get();
            metrics.put("clients.battery.start", ledger.startJoules(), "J");
            metrics.put("clients.battery.stored", storedJoules, "J");
            metrics.put("clients.battery.grid", ledger.gridJoules(), "J");
            metrics.put("clients.battery.drawn", ledger.drawnJoules(), "J");
            metrics.put("clients.battery.empty", ledger.empty(), "1");
            double lowest = ledger.lowestJoules();
            metrics.put("clients.battery.lowest", lowest < Double.POSITIVE_INFINITY ? lowest : Double.NaN, "J");
        }
    }

    private void putBytes(MetricSet.Builder metrics) {
        metrics.put("bytes.down.sent", (double) flights.bytesSent(false), "B");
        metrics.put("bytes.down.received", (double) books.downReceived, "B");
        metrics.put("bytes.down.lost", (double) books.downLost, "B");
        metrics.put("bytes.up.sent", (double) flights.bytesSent(true), "B");
        metrics.put("bytes.up.received", (double) books.upReceived, "B");
        metrics.put("bytes.up.lost", (double) books.upLost, "B");
        if (books.backhaulBytes > 0) {
            metrics.put("bytes.backhaul", (double) books.backhaulBytes, "B");
        }
    }

    private static void times(MetricSet.Builder metrics, String name, LatencyHistogram histogram) {
        metrics.put(name + ".mean", histogram.meanSeconds(), "s");
        metrics.put(name + ".p50", histogram.quantileSeconds(0.5), "s");
        metrics.put(name + ".p99", histogram.quantileSeconds(0.99), "s");
        metrics.put(name + ".max", histogram.maxSeconds(), "s");
    }

    List<Balance> balances() {
        List<Balance> all = new ArrayList<>();
        all.add(Balance.exact(
                "bytes down", flights.bytesSent(false), books.downReceived + books.downLost + books.downInFlight));
        all.add(Balance.exact("bytes up", flights.bytesSent(true), books.upReceived + books.upLost + books.upInFlight));
        all.add(Balance.exact(
                "tasks",
                books.launched,
                books.arrived + books.lostInAll() + books.lost[LossCause.ABORTED.code()] + flights.inFlight()));
        double byClass = 0;
        for (double joules : books.joulesByClass) {
            byClass += joules;
        }
        all.add(Balance.sums("energy of clients by leg and by class", "J", books.joules(), byClass));
        links.ifPresent(shared -> {
            all.add(carried("bytes that flows carried down", shared.carried(false), flights.bytesSent(false)));
            all.add(carried("bytes that flows carried up", shared.carried(true), flights.bytesSent(true)));
        });
        clients.batteries()
                .ifPresent(ledger -> all.add(Balance.sums(
                        "energy of batteries",
                        "J",
                        ledger.startJoules() + ledger.chargedJoules(),
                        ledger.drawnJoules() + storedJoules)));
        return all;
    }

    /** A transfer that is cut off is counted in whole bytes: one byte each may be cut. */
    private Balance carried(String name, double flows, long counted) {
        double slack = books.launched + 1.0;
        boolean holds = Math.abs(flows - counted) <= slack;
        return new Balance(name, "B", flows, holds ? flows : counted, 1e-9);
    }

    List<Series> series() {
        RoundLog rounds = floor.rounds;
        int count = rounds.size();
        double[] seconds = new double[count];
        double[] used = new double[count];
        double[] lasted = new double[count];
        double last = 0;
        for (int i = 0; i < count; i++) {
            seconds[i] = Math.max(last, rounds.endSeconds(i));
            last = seconds[i];
            used[i] = rounds.used(i);
            lasted[i] = rounds.endSeconds(i) - rounds.startSeconds(i);
        }
        return count == 0
                ? List.of()
                : List.of(
                        new Series("rounds.updates", "1", seconds, used),
                        new Series("rounds.duration", "s", seconds, lasted));
    }

    List<Cdf> cdfs() {
        List<Cdf> all = new ArrayList<>();
        if (books.arrived > 0) {
            all.add(books.latency.cdf("tasks.time"));
        }
        if (books.used > 0) {
            all.add(counts("staleness", books.stalenessCounts()));
        }
        return all;
    }

    private static Cdf counts(String name, long[] counts) {
        long sum = 0;
        int points = 0;
        for (long count : counts) {
            sum += count;
            points += count > 0 ? 1 : 0;
        }
        double[] values = new double[points];
        double[] fractions = new double[points];
        long seen = 0;
        int at = 0;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                seen += counts[i];
                values[at] = i;
                fractions[at++] = (double) seen / sum;
            }
        }
        return new Cdf(name, "1", values, fractions);
    }

    /** Why nothing went on any more; empty if it came to its end. */
    String stuck() {
        return stuck.isEmpty() ? "" : job.name() + ": " + stuck;
    }
}
