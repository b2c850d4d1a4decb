package org.motleysim.workloads.soc;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.motleysim.core.name.NearestName;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cost.RooflineCostModel;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.network.PairwiseNetwork;
import org.motleysim.hardware.price.PriceModel;
import org.motleysim.workloads.graph.MeasuredTimes;
import org.motleysim.workloads.graph.Task;
import org.motleysim.workloads.graph.TaskGraph;

/**
 * A system on chip in seven CSV files of one folder, whose names begin alike: {@code pes} (pe_id, cluster, type, cores), {@code exec_us}
 * (cluster, task, exec_us_at_max_freq), {@code opp} (cluster, freq_mhz, millivolt), {@code power} (cluster, profile, freq_mhz, active_cores,
 * watt), {@code bandwidth} (src_pe, dst_pe, bits_per_us), {@code job_tasks} (job, task_id, task) and {@code job_edges} (job, src, dst,
 * volume_bits). They say what the resource and job files of DS3 say (Arda et al., IEEE TC 69(8), 2020). Of several times of one task on one
 * cluster the first counts, as there.
 */
public final class SocTables {
    private final List<SocCluster> clusters;
    private final Map<String, Map<String, Double>> seconds; // by task, then cluster
    private final Map<String, TaskGraph> graphs;
    private final List<List<Bandwidth>> bandwidths;

    private SocTables(
            List<SocCluster> clusters,
            Map<String, Map<String, Double>> seconds,
            Map<String, TaskGraph> graphs,
            List<List<Bandwidth>> bandwidths) {
        this.clusters = List.copyOf(clusters);
        this.seconds = seconds;
        this.graphs = graphs;
        this.bandwidths = bandwidths;
    }

    /**
     * Reads the tables.
     *
     * @param folder where they are
     * @param prefix of their names, such as "soc_ds3_"
     * @throws IllegalArgumentException if a table is not as it should be, naming it
     * @throws UncheckedIOException if one cannot be read
     */
    public static SocTables read(Path folder, String prefix) {
        return new Reading(folder, prefix).tables();
    }

    /** Returns the clusters, in the order of their numbers. */
    public List<SocCluster> clusters() {
        return clusters;
    }

    /** Returns the names of the jobs. */
    public List<String> jobs() {
        return List.copyOf(graphs.keySet());
    }

    /**
     * Returns the graph of a job.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public TaskGraph graph(String job) {
        TaskGraph graph = graphs.get(job);
        if (graph == null) {
            throw new IllegalArgumentException("job (\"" + job + "\") must be one of " + String.join(", ", jobs())
                    + NearestName.of(job, graphs.keySet())
                            .map(nearest -> "\nMaybe \"" + nearest + "\".")
                            .orElse(""));
        }
        return graph;
    }

    /** Returns what each type of task takes on each cluster at its highest frequency. */
    public MeasuredTimes times() {
        return times(Map.of());
    }

    /**
     * Returns what each type of task takes on each cluster: its time at the highest frequency, longer in proportion below it.
     *
     * @param megahertz by cluster; the highest where it is not told
     */
    public MeasuredTimes times(Map<String, Integer> megahertz) {
        Map<String, Double> slowdown = new LinkedHashMap<>();
        for (SocCluster cluster : clusters) {
            int chosen = megahertz.getOrDefault(cluster.name(), cluster.highestMegahertz());
            slowdown.put(cluster.name(), (double) cluster.highestMegahertz() / chosen);
        }
        Map<String, Map<String, Double>> scaled = new LinkedHashMap<>();
        seconds.forEach((task, byCluster) -> {
            Map<String, Double> own = new LinkedHashMap<>();
            byCluster.forEach((cluster, time) -> own.put(cluster, time * slowdown.getOrDefault(cluster, 1.0)));
            scaled.put(task, own);
        });
        return new MeasuredTimes(scaled);
    }

    /**
     * Returns the chip as a cluster of devices, one group for each of its clusters. Its network has the bandwidths of the table and drops
     * what a transfer takes beyond whole microseconds. Power and energy are told by {@link SocPower}, not by the meters of these devices.
     */
    public Cluster cluster() {
        Cluster.Builder chip = Cluster.builder("soc").price(PriceModel.free());
        for (SocCluster each : clusters) {
            double most = each.watts().values().stream()
                    .flatMap(List::stream)
                    .mapToDouble(Double::doubleValue)
                    .max()
                    .orElse(1);
            chip.add(
                    each.name(),
                    each.cores(),
                    DeviceSpec.builder(each.name().toLowerCase(java.util.Locale.ROOT), DeviceKind.EDGE)
                            .peak(NumberFormat.FP32, FlopRate.of(each.highestMegahertz() * 1e6))
                            .memory("DRAM", Bytes.gigabytes(2), Bandwidth.gigabytesPerSecond(1))
                            .tdp(Power.watts(most / each.cores()))
                            .build(),
                    RooflineCostModel.peak());
        }
        return chip.network(new PairwiseNetwork(
                        clusters.stream().map(SocCluster::cores).toList(),
                        bandwidths,
                        Optional.of(Duration.ofNanos(1_000))))
                .build();
    }

    @Override
    public String toString() {
        return "SocTables" + clusters.stream().map(SocCluster::name).toList();
    }

    /** Reads the files. */
    private static final class Reading {
        private final Path folder;
        private final String prefix;

        Reading(Path folder, String prefix) {
            this.folder = folder;
            this.prefix = prefix;
        }

        SocTables tables() {
            List<CSVRecord> opp = rows("opp");
            List<CSVRecord> power = rows("power");
            List<SocCluster> clusters = new ArrayList<>();
            List<String> numbers = new ArrayList<>();
            for (CSVRecord row : rows("pes")) {
                if (!row.get("type").equals("MEM")) {
                    numbers.add(row.get("pe_id"));
                    clusters.add(cluster(row, opp, power));
                }
            }
            return new SocTables(clusters, seconds(), graphs(), bandwidths(numbers));
        }

        private SocCluster cluster(CSVRecord row, List<CSVRecord> opp, List<CSVRecord> power) {
            String name = row.get("cluster");
            TreeMap<Integer, Double> millivolts = new TreeMap<>();
            for (CSVRecord point : opp) {
                if (point.get("cluster").equals(name)) {
                    millivolts.put((int) number(point, "freq_mhz"), number(point, "millivolt"));
                }
            }
            TreeMap<Integer, List<Double>> watts = new TreeMap<>();
            for (CSVRecord point : power) {
                if (point.get("cluster").equals(name) && point.get("profile").equals("power_profile")) {
                    List<Double> byCores =
                            watts.computeIfAbsent((int) number(point, "freq_mhz"), key -> new ArrayList<>());
                    if (number(point, "active_cores") != byCores.size() + 1) {
                        throw new IllegalArgumentException(
                                prefix + "power.csv: active_cores of " + name + " must go up from 1 in each frequency");
                    }
                    byCores.add(number(point, "watt"));
                }
            }
            return new SocCluster(name, row.get("type"), (int) number(row, "cores"), millivolts, watts);
        }

        private Map<String, Map<String, Double>> seconds() {
            Map<String, Map<String, Double>> seconds = new LinkedHashMap<>();
            for (CSVRecord row : rows("exec_us")) {
                seconds.computeIfAbsent(row.get("task"), task -> new LinkedHashMap<>())
                        .putIfAbsent(row.get("cluster"), number(row, "exec_us_at_max_freq") * 1e-6);
            }
            return seconds;
        }

        private Map<String, TaskGraph> graphs() {
            Map<String, TaskGraph.Builder> builders = new LinkedHashMap<>();
            for (CSVRecord row : rows("job_tasks")) {
                int number = builders.computeIfAbsent(row.get("job"), TaskGraph::builder)
                        .add(new Task.Measured(row.get("task"), row.get("task")));
                if (number != number(row, "task_id")) {
                    throw new IllegalArgumentException(prefix + "job_tasks.csv: task_id (" + row.get("task_id")
                            + ") of " + row.get("job") + " must go up from 0");
                }
            }
            for (CSVRecord row : rows("job_edges")) {
                TaskGraph.Builder graph = builders.get(row.get("job"));
                if (graph == null) {
                    throw new IllegalArgumentException(
                            prefix + "job_edges.csv: job (\"" + row.get("job") + "\") must have tasks");
                }
                graph.edge((int) number(row, "src"), (int) number(row, "dst"), number(row, "volume_bits") / 8);
            }
            Map<String, TaskGraph> graphs = new LinkedHashMap<>();
            builders.forEach((name, graph) -> graphs.put(name, graph.build()));
            return graphs;
        }

        private List<List<Bandwidth>> bandwidths(List<String> numbers) {
            Map<String, Double> bits = new LinkedHashMap<>();
            for (CSVRecord row : rows("bandwidth")) {
                bits.put(row.get("src_pe") + " " + row.get("dst_pe"), number(row, "bits_per_us"));
            }
            List<List<Bandwidth>> table = new ArrayList<>();
            for (String from : numbers) {
                List<Bandwidth> row = new ArrayList<>();
                for (String to : numbers) {
                    double bitsPerMicrosecond =
                            bits.getOrDefault(from + " " + to, bits.getOrDefault(to + " " + from, Double.NaN));
                    if (Double.isNaN(bitsPerMicrosecond)) {
                        throw new IllegalArgumentException(
                                prefix + "bandwidth.csv: must tell the bandwidth between " + from + " and " + to);
                    }
                    row.add(Bandwidth.of(bitsPerMicrosecond * 1e6 / 8));
                }
                table.add(row);
            }
            return table;
        }

        private double number(CSVRecord row, String column) {
            try {
                return Double.parseDouble(row.get(column));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        prefix + "*.csv: " + column + " (" + row.get(column) + ") must be a number", e);
            }
        }

        private List<CSVRecord> rows(String table) {
            Path file = folder.resolve(prefix + table + ".csv");
            if (!Files.isRegularFile(file)) {
                throw new IllegalArgumentException(file + ": must be a file, and there is none");
            }
            try (Reader in = Files.newBufferedReader(file)) {
                return CSVFormat.DEFAULT
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .setTrim(true)
                        .get()
                        .parse(in)
                        .getRecords();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
            }
        }
    }
}
