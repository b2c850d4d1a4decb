package org.motleysim.workloads.scenario;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import org.motleysim.workloads.Problem;

/** Makes the variants of a study, and tells of all that cannot be made or run. */
final class StudyVariants {
    private static final int PROBLEMS_TOLD = 50;

    private final StudyDraft draft;
    private final Node base;
    private final Reading like;
    private final Map<String, Scenario> scenarios = new HashMap<>();

    /** @param folder where file names inside the scenario begin */
    StudyVariants(StudyDraft draft, Node base, Path folder) {
        this.draft = draft;
        this.base = base;
        this.like = new Reading(folder);
    }

    /** @throws ScenarioException unless every variant can run */
    List<Study.Case> cases() {
        checkAxes();
        List<Map<String, String>> settings = draft.vary().isEmpty()
                ? List.of(Map.of())
                : draft.design()
                        .settings(
                                draft.vary().stream().map(StudyDraft.Vary::axis).toList(), draft.seed());
        List<Study.Case> cases = new ArrayList<>();
        Map<Problem, List<String>> refused = new LinkedHashMap<>();
        Set<String> names = new LinkedHashSet<>();
        for (Map<String, String> setting : settings) {
            String name = name(setting, names);
            List<Problem> problems = new ArrayList<>();
            Optional<Scenario> scenario = scenario(setting, problems);
            problems.forEach(problem ->
                    refused.computeIfAbsent(problem, each -> new ArrayList<>()).add(name));
            scenario.ifPresent(good -> cases.add(new Study.Case(name, setting, good)));
        }
        if (!refused.isEmpty()) {
            throw new ScenarioException(refused.entrySet().stream()
                    .limit(PROBLEMS_TOLD)
                    .map(entry -> told(entry.getKey(), entry.getValue(), settings.size()))
                    .toList());
        }
        return cases;
    }

    /**
     * Makes what a search needs.
     *
     * @throws ScenarioException unless every variant can run under the lowest and under the highest load
     */
    StudySearch search(SearchDraft wanted, List<Study.Case> cases) {
        if (wanted instanceof SearchDraft.Load load) {
            return load(load, cases);
        }
        if (cases.size() < 2) {
            throw new ScenarioException(List.of(new Problem(
                    "$.vary", "the axes must give two or more variants to choose from, not " + cases.size(), "")));
        }
        return new StudySearch.Best(((SearchDraft.Halving) wanted).objective());
    }

    private StudySearch load(SearchDraft.Load wanted, List<Study.Case> cases) {
        checkPath(
                        "$.search.path",
                        wanted.path(),
                        (node, told) -> Overrides.apply(node, wanted.path(), level(wanted.from(), wanted.unit()), told))
                .ifPresent(problem -> {
                    throw new ScenarioException(List.of(problem));
                });
        List<DoubleFunction<Scenario>> systems = new ArrayList<>();
        List<Problem> refused = new ArrayList<>();
        for (Study.Case each : cases) {
            for (double end : new double[] {wanted.from(), wanted.to()}) {
                List<Problem> problems = new ArrayList<>();
                loaded(wanted, each.settings(), end, problems);
                problems.forEach(problem -> refused.add(new Problem(
                        "$.search",
                        "the variant " + each.name() + " cannot run under " + level(end, wanted.unit()) + ": "
                                + problem.path() + ": " + problem.message(),
                        problem.hint())));
            }
            systems.add(load -> loaded(wanted, each.settings(), load, new ArrayList<>())
                    .orElseThrow(() -> new IllegalStateException("load " + load + " cannot be run")));
        }
        if (!refused.isEmpty()) {
            throw new ScenarioException(refused.subList(0, Math.min(PROBLEMS_TOLD, refused.size())));
        }
        return new StudySearch.HighestLoad(
                wanted.path().substring(wanted.path().lastIndexOf('.') + 1),
                wanted.from(),
                wanted.to(),
                wanted.unit(),
                wanted.tolerance(),
                wanted.constraint(),
                systems);
    }

    private Optional<Scenario> loaded(
            SearchDraft.Load wanted, Map<String, String> setting, double load, List<Problem> problems) {
        var reading = like.another();
        Node node = Overrides.apply(
                varied(setting, reading.problems()), wanted.path(), level(load, wanted.unit()), reading.problems());
        Optional<Scenario> scenario = ScenarioCodec.SCENARIO.read(node, reading);
        problems.addAll(reading.problems().inOrder());
        scenario.ifPresent(readable -> problems.addAll(readable.problems()));
        return problems.isEmpty() ? scenario : Optional.empty();
    }

    private static String level(double value, String unit) {
        return unit.isEmpty() ? String.valueOf(value) : value + " " + unit;
    }

    private Node varied(Map<String, String> setting, Problems problems) {
        Node node = base;
        for (StudyDraft.Vary vary : draft.vary()) {
            node = put(node, vary, setting.getOrDefault(vary.axis().name(), ""), problems);
        }
        return node;
    }

    private static Problem told(Problem problem, List<String> variants, int of) {
        String who = variants.size() == 1
                ? "the variant " + variants.get(0) + " cannot run: "
                : variants.size() + " of " + of + " variants cannot run, the first being " + variants.get(0) + ": ";
        return new Problem(problem.path(), who + problem.message(), problem.hint());
    }

    /** Points of a design may coincide after rounding to levels: they keep their place, under names of their own. */
    private static String name(Map<String, String> setting, Set<String> taken) {
        String plain = setting.isEmpty()
                ? "as it is"
                : setting.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(", "));
        String name = plain;
        for (int i = 2; !taken.add(name); i++) {
            name = plain + " (" + i + ")";
        }
        return name;
    }

    private Optional<Scenario> scenario(Map<String, String> setting, List<Problem> problems) {
        Scenario known = scenarios.get(setting.toString());
        if (known != null) {
            return Optional.of(known);
        }
        var reading = like.another();
        Node node = varied(setting, reading.problems());
        Optional<Scenario> scenario = ScenarioCodec.SCENARIO.read(node, reading);
        problems.addAll(reading.problems().inOrder());
        scenario.ifPresent(readable -> problems.addAll(readable.problems()));
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        scenario.ifPresent(good -> scenarios.put(setting.toString(), good));
        return scenario;
    }

    private static Node put(Node node, StudyDraft.Vary vary, String level, Problems problems) {
        return vary.value(level)
                .map(value -> Overrides.apply(node, vary.path(), value, problems))
                .orElseGet(() -> Overrides.apply(node, vary.path(), level, problems));
    }

    /** An axis must lead to a field: one that is there, or one that the reader knows. */
    private void checkAxes() {
        List<Problem> problems = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < draft.vary().size(); i++) {
            StudyDraft.Vary vary = draft.vary().get(i);
            if (!names.add(vary.axis().name())) {
                problems.add(new Problem(
                        "$.vary[" + i + "]",
                        "the axis name \"" + vary.axis().name() + "\" must be given to one axis only",
                        "Maybe give it a \"name\"."));
            }
            checkPath(
                            "$.vary[" + i + "].path",
                            vary.path(),
                            (node, told) -> put(node, vary, vary.axis().levels().get(0), told))
                    .ifPresent(problems::add);
        }
        if (!problems.isEmpty()) {
            throw new ScenarioException(problems);
        }
    }

    /** What is wrong with a path, if it does not lead to a field. */
    private Optional<Problem> checkPath(String place, String written, BiFunction<Node, Problems, Node> change) {
        Set<String> paths = new LinkedHashSet<>();
        paths(base, "", paths);
        String path = written.replaceFirst("^\\$\\.?", "");
        if (paths.contains(path)) {
            return Optional.empty();
        }
        var reading = like.another();
        Node node = change.apply(base, reading.problems());
        boolean led = reading.problems().isEmpty();
        if (led) {
            ScenarioCodec.SCENARIO.read(node, reading);
        }
        List<String> steps = List.of(path.split("[.\\[\\]]+"));
        return reading.problems().inOrder().stream()
                .filter(problem -> !led
                        || steps.stream().anyMatch(step -> problem.message().startsWith("\"" + step + "\" (")))
                .findFirst()
                .map(problem -> {
                    String nearest = Problems.nearest(path, paths);
                    return new Problem(
                            place,
                            "path (\"" + written + "\") must name a field of the scenario: " + problem.message(),
                            nearest.isEmpty() ? problem.hint() : nearest);
                });
    }

    /** All paths of a document, as an axis would say them. */
    private static void paths(Node node, String path, Set<String> paths) {
        if (!path.isEmpty()) {
            paths.add(path);
        }
        if (node instanceof Node.Fields fields) {
            fields.values().forEach((name, value) -> paths(value, path.isEmpty() ? name : path + "." + name, paths));
        } else if (node instanceof Node.Items items) {
            for (int i = 0; i < items.values().size(); i++) {
                paths(items.values().get(i), path + "[" + i + "]", paths);
            }
        }
    }
}
