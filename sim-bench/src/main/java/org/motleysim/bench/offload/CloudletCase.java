package org.motleysim.bench.offload;

import java.util.ArrayList;
import java.util.List;
import org.motleysim.core.random.RandomStream;
import org.motleysim.core.random.RandomStreams;

/**
 * Work that both simulators do: virtual machines placed on hosts first fit, cloudlets given to them in turn, all submitted at the start and
 * sharing the cores of their machine.
 *
 * @param name for the table
 * @param hosts of 16 cores
 * @param machines virtual ones, of 4 cores of 1,000 MIPS
 * @param coresPerJob cores that a cloudlet uses
 * @param utilization share of them that it uses
 * @param lengths of the cloudlets in million instructions on each of their cores
 */
record CloudletCase(String name, int hosts, int machines, int coresPerJob, double utilization, List<Long> lengths) {
    static final int HOST_CORES = 16;
    static final int MACHINE_CORES = 4;
    static final double MIPS = 1_000;

    /** The large case that CloudSim Plus publishes, with the sizes of the machines of its LargeScaleExample. */
    static CloudletCase large() {
        List<Long> lengths = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            lengths.add(10_000L);
        }
        return new CloudletCase("20k hosts, 40k VMs, 50k cloudlets", 20_000, 40_000, 2, 0.5, lengths);
    }

    /** Ten thousand cloudlets of lengths drawn evenly from 10,000 to 40,000 on 400 machines: each end changes the shares of the others. */
    static CloudletCase randomLengths() {
        RandomStream draws = RandomStreams.of(1).stream("lengths");
        List<Long> lengths = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            lengths.add(10_000L + draws.nextInt(30_001));
        }
        return new CloudletCase("400 VMs, 10k cloudlets of random lengths", 100, 400, 1, 1, lengths);
    }
}
