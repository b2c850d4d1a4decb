package org.motleysim.workloads.scenario;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.motleysim.core.name.NearestName;
import org.motleysim.workloads.Problem;

/**
 * The JSON face of a {@link Study}: a scenario, and what is varied in it.
 *
 * <p>As strict as {@link ScenarioFile}. All variants are made and checked before any runs: an axis that names no field is told with the
 * nearest path, and every variant that cannot run with the reason. File names inside the scenario and inside the values of an axis begin at
 * the folder of the scenario.
 */
public final class StudyFile {

    private StudyFile() {}

    /**
     * Reads a study.
     *
     * @throws ScenarioException with everything that is wrong with it or with one of its variants
     */
    public static Study read(Path file) {
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
        var reading = new Reading(folder);
        try {
            Node document = found(JsonText.read(file, reading.problems()), reading);
            StudyDraft draft = found(StudyCodec.STUDY.read(document, reading), reading);
            return study(
                    draft, document, folder, String.valueOf(file.getFileName()).replaceAll("\\.json$", ""));
        } catch (ScenarioException refusal) {
            throw refusal.in(file);
        }
    }

    /**
     * Reads a study from text.
     *
     * @param folder where relative paths in the text begin
     * @throws ScenarioException with everything that is wrong with it or with one of its variants
     */
    public static Study parse(String json, Path folder) {
        var reading = new Reading(folder);
        Node document = found(JsonText.parse(json, Place.root(Place.Origin.FILE), reading.problems()), reading);
        return study(found(StudyCodec.STUDY.read(document, reading), reading), document, folder, "study");
    }

    /** The JSON Schema (draft 2020-12) of study files, made from the same declarations that read them. */
    public static String schema() {
        return JsonPrinter.print(StudyCodec.schema());
    }

    private static Study study(StudyDraft draft, Node document, Path folder, String usualName) {
        var reading = new Reading(folder);
        Path scenarioFolder = folder;
        Node base = draft.scenario();
        if (base instanceof Node.Text name) {
            Path file = folder.resolve(name.value()).normalize();
            scenarioFolder =
                    Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(folder);
            var other = new Reading(scenarioFolder);
            base = JsonText.read(file, other.problems())
                    .orElseThrow(() -> new ScenarioException(other.problems().inOrder().stream()
                            .map(problem -> problem.under("$.scenario"))
                            .toList()));
        } else if (!(base instanceof Node.Fields)) {
            reading.problems().refuse(base, "the path of a scenario file, or a scenario", "");
            throw new ScenarioException(reading.problems().inOrder());
        }
        for (Map.Entry<String, Node> change : draft.set().entrySet()) {
            base = Overrides.apply(base, change.getKey(), change.getValue(), reading.problems());
        }
        if (!reading.problems().isEmpty()) {
            throw new ScenarioException(reading.problems().inOrder());
        }
        var variants = new StudyVariants(draft, base, scenarioFolder);
        List<Study.Case> cases = variants.cases();
        Optional<StudySearch> search = draft.search().map(each -> variants.search(each, cases));
        String baseline = draft.baseline().orElse(cases.get(0).name());
        Set<String> names = new LinkedHashSet<>();
        cases.forEach(each -> names.add(each.name()));
        cases.forEach(each -> each.settings().forEach((axis, level) -> names.add(axis + "=" + level)));
        if (!names.contains(baseline)) {
            throw new ScenarioException(List.of(new Problem(
                    "$.baseline",
                    "baseline (\"" + baseline + "\") must be the name of a variant, or an axis and a level of it",
                    NearestName.of(baseline, names)
                            .map(near -> "Maybe \"" + near + "\".")
                            .orElse("Maybe \"" + cases.get(0).name() + "\"."))));
        }
        int axes = draft.vary().size();
        return new Study(
                draft.name().orElse(usualName),
                draft.description(),
                draft.vary().stream().map(vary -> vary.axis().name()).toList(),
                cases,
                draft.rule(),
                draft.seeding(),
                draft.seed(),
                draft.metrics(),
                draft.compare(),
                baseline,
                draft.pareto(),
                draft.constraints(),
                axes == 0 ? Optional.empty() : draft.design().morris(axes, draft.seed()),
                search,
                identity(draft, document, base, cases));
    }

    /** What is asked of the runs makes no other study, nor do the words of the description; all that determines the runs does. */
    private static String identity(StudyDraft draft, Node document, Node base, List<Study.Case> cases) {
        ObjectNode identity = JsonNodeFactory.instance.objectNode();
        ObjectNode study = (ObjectNode) document.json();
        study.remove(List.of(
                "$schema", "description", "scenario", "compare", "baseline", "pareto", "constraints", "search"));
        identity.setAll(study);
        identity.set("scenario", base.json());
        List<String> alsoKept = draft.named().stream()
                .filter(name -> draft.metrics().isEmpty()
                        ? name.startsWith(Study.OF_ONE_DEVICE)
                        : !draft.metrics().contains(name))
                .sorted()
                .toList();
        if (!alsoKept.isEmpty()) {
            alsoKept.forEach(identity.putArray("alsoKept")::add);
        }
        var variants = identity.putArray("variants");
        for (Study.Case each : cases) {
            ObjectNode settings = variants.addObject().put("name", each.name()).putObject("settings");
            each.settings().forEach(settings::put);
        }
        return JsonPrinter.print(identity);
    }

    private static <T> T found(Optional<T> value, Reading reading) {
        if (value.isEmpty() || !reading.problems().isEmpty()) {
            throw new ScenarioException(reading.problems().inOrder());
        }
        return value.get();
    }
}
