package org.motleysim.bench.offload;

import java.util.Arrays;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.resource.SharedRate;

/** The case on exact processor sharing. */
final class CloudletsHere {
    private CloudletsHere() {}

    /** Returns when each cloudlet ended, in seconds. */
    static double[] run(CloudletCase of) {
        Simulation simulation = new Simulation();
        var free = new int[of.hosts()];
        Arrays.fill(free, CloudletCase.HOST_CORES);
        var servers = new SharedRate[of.machines()];
        int host = 0;
        for (int machine = 0; machine < servers.length; machine++) {
            // All machines are alike, so that the first host with room is never one before the last that had.
            while (free[host] < CloudletCase.MACHINE_CORES) {
                host++;
            }
            free[host] -= CloudletCase.MACHINE_CORES;
            servers[machine] = new SharedRate(
                    simulation,
                    "cloudlet-end",
                    CloudletCase.MACHINE_CORES * CloudletCase.MIPS,
                    CloudletCase.MIPS * of.utilization());
        }
        var ended = new double[of.lengths().size()];
        EventType done = simulation.register("cloudlet", job -> ended[(int) job] = SimTime.seconds(simulation.now()));
        for (int job = 0; job < ended.length; job++) {
            double work = (double) of.lengths().get(job) * of.coresPerJob();
            servers[job % servers.length].start(work, of.coresPerJob(), done, job);
        }
        simulation.run();
        return ended;
    }
}
