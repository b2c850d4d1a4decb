package org.motleysim.workloads.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.motleysim.core.report.Cell;
import org.motleysim.core.report.Section.Column;
import org.motleysim.core.report.Section.Table;

/** In which optional fields a scenario is not as it would be without them. */
final class UsualValues {
    private static final int LONGEST = 100;

    /** Words for people, and what says nothing of the run. */
    private static final Set<String> NO_SETTINGS = Set.of("name", "description", "timeline");

    private UsualValues() {}

    static Optional<Table> differences(Scenario scenario) {
        List<List<Cell>> rows = new ArrayList<>();
        ScenarioCodec.SCENARIO.differences(scenario, "", (path, value, usual) -> {
            if (!NO_SETTINGS.contains(path)) {
                rows.add(List.of(
                        Cell.text(path),
                        Cell.text(shown(value)),
                        usual.map(node -> Cell.text(shown(node))).orElseGet(Cell::absent)));
            }
        });
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Table(
                        "Fields that differ from their defaults",
                        List.of(Column.text("field"), Column.text("this run"), Column.text("default")),
                        rows,
                        true));
    }

    private static String shown(JsonNode value) {
        String text = value.isTextual() ? value.asText() : value.toString();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
    }
}
