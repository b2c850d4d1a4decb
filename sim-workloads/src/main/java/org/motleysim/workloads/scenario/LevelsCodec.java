package org.motleysim.workloads.scenario;

import static org.motleysim.workloads.scenario.ScalarCodec.BANDWIDTH;
import static org.motleysim.workloads.scenario.ScalarCodec.DURATION;

import org.motleysim.hardware.network.LevelledNetwork;
import org.motleysim.hardware.network.LevelledNetwork.Level;

/** Levels of switches. */
final class LevelsCodec {
    private static final RecordCodec<Level> LEVEL = RecordCodec.of("a level of a network", fields -> {
        var size = fields.required(
                "size", ScalarCodec.integer(1), Level::size, "Devices of a group, or groups of the level below");
        var bandwidth = fields.required(
                "bandwidth", BANDWIDTH, Level::bandwidth, "Of each device's port at this level, each way");
        var latency = fields.required("latency", DURATION, Level::latency, "Time before the first byte, one way");
        return given -> new Level(given.get(size), given.get(bandwidth), given.get(latency));
    });

    static final RecordCodec<LevelledNetwork> NETWORK = RecordCodec.of("a network of levels", fields -> {
        var levels = fields.required(
                "levels",
                new ListCodec<>(LEVEL, 1),
                LevelledNetwork::levels,
                "Lowest first; devices of a group of the first level are neighbours in the list of devices");
        return given -> new LevelledNetwork(given.get(levels));
    });

    private LevelsCodec() {}
}
