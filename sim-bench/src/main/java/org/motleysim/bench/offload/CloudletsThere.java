package org.motleysim.bench.offload;

import ch.qos.logback.classic.Level;
import java.util.ArrayList;
import java.util.List;
import org.cloudsimplus.allocationpolicies.VmAllocationPolicyFirstFit;
import org.cloudsimplus.brokers.DatacenterBroker;
import org.cloudsimplus.brokers.DatacenterBrokerSimple;
import org.cloudsimplus.cloudlets.Cloudlet;
import org.cloudsimplus.cloudlets.CloudletSimple;
import org.cloudsimplus.core.CloudSimPlus;
import org.cloudsimplus.datacenters.DatacenterSimple;
import org.cloudsimplus.hosts.Host;
import org.cloudsimplus.hosts.HostSimple;
import org.cloudsimplus.resources.Pe;
import org.cloudsimplus.resources.PeSimple;
import org.cloudsimplus.util.Log;
import org.cloudsimplus.utilizationmodels.UtilizationModel;
import org.cloudsimplus.utilizationmodels.UtilizationModelDynamic;
import org.cloudsimplus.vms.Vm;
import org.cloudsimplus.vms.VmSimple;

/** The case in CloudSim Plus, set up as its LargeScaleExample does: no scheduling interval, space-shared hosts, time-shared machines. */
final class CloudletsThere {
    private CloudletsThere() {}

    /** Returns when each cloudlet ended, in seconds; NaN for those that did not. */
    static double[] run(CloudletCase of) {
        Log.setLevel(Level.OFF);
        CloudSimPlus simulation = new CloudSimPlus();
        List<Host> hosts = new ArrayList<>();
        for (int i = 0; i < of.hosts(); i++) {
            List<Pe> cores = new ArrayList<>();
            for (int core = 0; core < CloudletCase.HOST_CORES; core++) {
                cores.add(new PeSimple(CloudletCase.MIPS));
            }
            hosts.add(new HostSimple(2048, 10_000, 1_000_000, cores));
        }
        new DatacenterSimple(simulation, hosts, new VmAllocationPolicyFirstFit()).setSchedulingInterval(-1);
        DatacenterBroker broker = new DatacenterBrokerSimple(simulation);
        List<Vm> machines = new ArrayList<>();
        for (int i = 0; i < of.machines(); i++) {
            Vm machine = new VmSimple(CloudletCase.MIPS, CloudletCase.MACHINE_CORES);
            machine.setRam(512).setBw(1000).setSize(10_000);
            machines.add(machine);
        }
        List<Cloudlet> cloudlets = new ArrayList<>();
        for (long length : of.lengths()) {
            // Cores alone: with the model for all resources cloudlets would wait for memory and bandwidth.
            Cloudlet cloudlet = new CloudletSimple(length, of.coresPerJob())
                    .setUtilizationModelCpu(new UtilizationModelDynamic(of.utilization()))
                    .setUtilizationModelRam(UtilizationModel.NULL)
                    .setUtilizationModelBw(UtilizationModel.NULL);
            cloudlet.setSizes(1024);
            cloudlets.add(cloudlet);
        }
        broker.submitVmList(machines);
        broker.submitCloudletList(cloudlets);
        simulation.start();
        return cloudlets.stream()
                .mapToDouble(cloudlet -> cloudlet.isFinished() ? cloudlet.getFinishTime() : Double.NaN)
                .toArray();
    }
}
