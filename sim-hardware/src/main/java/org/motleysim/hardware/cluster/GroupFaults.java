package org.motleysim.hardware.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.random.RandomStream;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.hardware.fault.Faults;
import org.motleysim.hardware.fault.OutageProcess;
import org.motleysim.hardware.fault.UpsetClock;

/** The faults of one group in a run: moves the {@link Health} of its devices. */
final class GroupFaults {
    private final List<OutageProcess> processes = new ArrayList<>();

    GroupFaults(DeviceGroup group, List<Device> devices, Simulation simulation, RandomStreams streams) {
        Faults faults = group.faults();
        String name = "fault." + group.name();
        devices.forEach(device -> device.health().expose());
        faults.stragglers().ifPresent(law -> {
            for (int i = 0; i < devices.size(); i++) {
                RandomStream stream = streams.stream(name + ".straggler", i);
                devices.get(i).health().slowForGood(law.draw(stream));
            }
        });
        faults.softErrors().ifPresent(law -> {
            for (int i = 0; i < devices.size(); i++) {
                RandomStream stream = streams.stream(name + ".upset", i);
                devices.get(i).health().protect(law, new UpsetClock(law, stream));
            }
        });
        faults.slowPhases()
                .ifPresent(law -> processes.add(new OutageProcess(
                        simulation,
                        law.phases(),
                        devices.size(),
                        streams,
                        name + ".slow",
                        told(
                                i -> devices.get(i).health().slowForNow(law.slowdown()),
                                i -> devices.get(i).health().slowForNow(1)))));
        faults.outages()
                .ifPresent(law -> processes.add(new OutageProcess(
                        simulation,
                        law,
                        devices.size(),
                        streams,
                        name,
                        told(
                                i -> devices.get(i).health().fail(),
                                i -> devices.get(i).health().repair()))));
    }

    void start() {
        processes.forEach(OutageProcess::start);
    }

    void stop() {
        processes.forEach(OutageProcess::stop);
    }

    private static OutageProcess.Listener told(IntConsumer down, IntConsumer up) {
        return new OutageProcess.Listener() {
            @Override
            public void down(int device) {
                down.accept(device);
            }

            @Override
            public void up(int device) {
                up.accept(device);
            }
        };
    }
}
