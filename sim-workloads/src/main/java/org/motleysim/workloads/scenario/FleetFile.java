package org.motleysim.workloads.scenario;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.motleysim.hardware.population.DeviceTable;
import org.motleysim.hardware.population.PopulationModel;

/**
 * A fleet in a file of its own: a table of devices (CSV, or a JSON list), or a JSON object as the {@code fleet} of a scenario's cluster.
 *
 * @param model what is drawn
 * @param count how many devices, if the file says it
 * @param seed of the draw
 */
public record FleetFile(PopulationModel model, OptionalInt count, long seed) {
    /**
     * Reads a file.
     *
     * @throws ScenarioException with everything that is wrong with it
     * @throws IllegalArgumentException if it is a table and something in it is wrong
     */
    public static FleetFile read(Path file) {
        if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".json")) {
            return ofTable(file);
        }
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
        var reading = new Reading(folder);
        Optional<Node> document = JsonText.read(file, reading.problems());
        if (document.isPresent() && document.get() instanceof Node.Items) {
            return ofTable(file);
        }
        Optional<FleetCodec.Draft> draft = document.flatMap(node -> FleetCodec.FLEET.read(node, reading));
        if (draft.isEmpty() || !reading.problems().isEmpty()) {
            throw new ScenarioException(reading.problems().inOrder()).in(file);
        }
        FleetCodec.Draft read = draft.get();
        return new FleetFile(read.model(), read.count().map(OptionalInt::of).orElse(OptionalInt.empty()), read.seed());
    }

    private static FleetFile ofTable(Path file) {
        return new FleetFile(PopulationModel.of(DeviceTable.read(file)), OptionalInt.empty(), 1);
    }
}
