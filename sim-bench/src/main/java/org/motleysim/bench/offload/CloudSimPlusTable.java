package org.motleysim.bench.offload;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Cloudlets beside CloudSim Plus 8.5.7: the same hosts, machines and cloudlets, from nothing to the last end. Jobs per CPU second of each and
 * their ratio, the median of five runs (three of the peer) after one to warm up; and how far apart their mean ends are.
 *
 * <pre>
 * mvn -q -DskipTests package
 * java -Xmx3g -XX:+UseSerialGC -cp sim-bench/target/benchmarks.jar org.motleysim.bench.offload.CloudSimPlusTable
 * </pre>
 */
public final class CloudSimPlusTable {
    private CloudSimPlusTable() {}

    /** Prints the table. */
    public static void main(String[] none) {
        System.out.println(
                "| case | Motley, jobs/s | CloudSim Plus 8.5.7, jobs/s | ratio | mean end, Motley | mean end, CloudSim Plus |");
        System.out.println("| --- | ---: | ---: | ---: | ---: | ---: |");
        for (CloudletCase each : List.of(CloudletCase.randomLengths(), CloudletCase.large())) {
            Measured here = measure(each, CloudletsHere::run, 5);
            Measured there = measure(each, CloudletsThere::run, 3);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %,.0f | %,.0f | %,.0fx | %.2f s | %.2f s |%n",
                    each.name(),
                    here.perSecond,
                    there.perSecond,
                    here.perSecond / there.perSecond,
                    here.meanEnd,
                    there.meanEnd);
        }
    }

    private record Measured(double perSecond, double meanEnd) {}

    private static Measured measure(CloudletCase of, Function<CloudletCase, double[]> simulator, int runs) {
        double[] ends = simulator.apply(of);
        var rates = new double[runs];
        for (int i = 0; i < runs; i++) {
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            ends = simulator.apply(of);
            rates[i] = of.lengths().size()
                    / ((ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e9);
        }
        Arrays.sort(rates);
        if (Arrays.stream(ends).anyMatch(Double::isNaN)) {
            throw new IllegalStateException("a cloudlet of " + of.name() + " did not end");
        }
        return new Measured(rates[runs / 2], Arrays.stream(ends).average().orElseThrow());
    }
}
