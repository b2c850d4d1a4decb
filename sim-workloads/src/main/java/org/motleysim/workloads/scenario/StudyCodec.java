package org.motleysim.workloads.scenario;

import static org.motleysim.workloads.scenario.ScalarCodec.DURATION;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.motleysim.core.experiment.Axis;
import org.motleysim.core.experiment.Constraint;
import org.motleysim.core.experiment.Objective;
import org.motleysim.core.experiment.Seeding;
import org.motleysim.core.experiment.StoppingRule;

/** Study files. They are read and described; what is run is written beside the results by {@link StudyFile}. */
final class StudyCodec {

    /** The version of the format, which the file says first. */
    static final long VERSION = 1;

    /** Any value, as it stands. */
    private record AsItStands(String type) implements Codec<Node> {
        @Override
        public Optional<Node> read(Node node, Reading reading) {
            return Optional.of(node);
        }

        @Override
        public JsonNode write(Node node) {
            return node.json();
        }

        @Override
        public ObjectNode schema(SchemaDefinitions definitions) {
            ObjectNode schema = JsonNodeFactory.instance.objectNode();
            if (!type.isEmpty()) {
                schema.putArray("type").add("string").add(type);
            }
            return schema;
        }
    }

    /** Values by the path they are put at, in order. */
    private static final Codec<Map<String, Node>> CHANGES = new Codec<>() {
        @Override
        public Optional<Map<String, Node>> read(Node node, Reading reading) {
            if (node instanceof Node.Fields fields) {
                return Optional.of(Collections.unmodifiableMap(fields.values()));
            }
            reading.problems().refuse(node, "an object whose names are paths", "Maybe {\"horizon\": \"1 min\"}.");
            return Optional.empty();
        }

        @Override
        public JsonNode write(Map<String, Node> changes) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            changes.forEach((path, value) -> object.set(path, value.json()));
            return object;
        }

        @Override
        public ObjectNode schema(SchemaDefinitions definitions) {
            return JsonNodeFactory.instance.objectNode().put("type", "object");
        }
    };

    private static final Codec<List<String>> NAMES = new ListCodec<>(ScalarCodec.text(), 1);

    private static final Codec<StudyDraft.Vary> VARY = RecordCodec.of("an axis", fields -> {
        var path = fields.required(
                "path",
                ScalarCodec.text(),
                StudyDraft.Vary::path,
                "The field of the scenario that is varied, such as workloads[0].arrivals.rate");
        var name = fields.<String>optional(
                "name", ScalarCodec.text(), vary -> Optional.empty(), "Its name; by default the last part of the path");
        var values = fields.<List<Node>>optional(
                "values",
                new ListCodec<>(new AsItStands(""), 1),
                vary -> Optional.empty(),
                "Its values, as the scenario would have them");
        var labels = fields.<List<String>>optional(
                "labels", NAMES, vary -> Optional.empty(), "A short name for each value; by default the value itself");
        var from = fields.<Double>optional(
                "from",
                ScalarCodec.number(NumberRange.any()),
                vary -> Optional.empty(),
                "Instead of values: the least");
        var to = fields.<Double>optional(
                "to", ScalarCodec.number(NumberRange.any()), vary -> Optional.empty(), "Instead of values: the most");
        var steps = fields.<Integer>optional(
                "steps", ScalarCodec.integer(2), vary -> Optional.empty(), "How many values a grid has; 5 by default");
        var scale = fields.<String>optional(
                "scale",
                ScalarCodec.named("a scale", List.of("linear", "logarithmic"), text -> text),
                vary -> Optional.empty(),
                "Whether equal steps are differences or factors; linear by default");
        var whole = fields.<Boolean>optional(
                "whole", ScalarCodec.FLAG, vary -> Optional.empty(), "Whether only whole numbers are tried");
        var unit = fields.<String>optional(
                "unit", ScalarCodec.text(), vary -> Optional.empty(), "The unit of from and to, such as /s");
        return given -> {
            String text = given.get(path);
            String called = given.find(name).orElseGet(() -> text.substring(text.lastIndexOf('.') + 1));
            if (given.find(values).isPresent() == given.find(from).isPresent()
                    || given.find(from).isPresent() != given.find(to).isPresent()) {
                throw new IllegalArgumentException("axis \"" + called + "\" must have either values, or from and to");
            }
            if (given.find(values).isEmpty()) {
                return new StudyDraft.Vary(
                        text,
                        new Axis.Range(
                                called,
                                given.get(from),
                                given.get(to),
                                given.find(scale).orElse("linear").equals("logarithmic"),
                                given.find(whole).orElse(false),
                                given.find(steps).orElse(5),
                                given.find(unit).orElse("")),
                        List.of());
            }
            List<Node> nodes = given.get(values);
            List<String> levels = given.find(labels)
                    .orElseGet(() -> nodes.stream().map(StudyCodec::label).toList());
            if (levels.size() != nodes.size()) {
                throw new IllegalArgumentException("labels (" + levels.size() + ") of axis \"" + called
                        + "\" must be as many as values (" + nodes.size() + ")");
            }
            return new StudyDraft.Vary(text, new Axis.Choice(called, levels), nodes);
        };
    });

    private static final Codec<StudyDesign> DESIGN = ChoiceCodec.<StudyDesign>of("a design")
            .value("grid", new StudyDesign.Grid())
            .value("one-at-a-time", new StudyDesign.OneAtATime())
            .kind("random", StudyDesign.Random.class, RecordCodec.of("random points", fields -> {
                var points = fields.required("points", ScalarCodec.integer(1), StudyDesign.Random::points, "How many");
                return given -> new StudyDesign.Random(given.get(points));
            }))
            .kind("latin-hypercube", StudyDesign.LatinHypercube.class, RecordCodec.of("a Latin hypercube", fields -> {
                var points = fields.required(
                        "points", ScalarCodec.integer(1), StudyDesign.LatinHypercube::points, "How many");
                return given -> new StudyDesign.LatinHypercube(given.get(points));
            }))
            .kind("sobol", StudyDesign.Sobol.class, RecordCodec.of("a Sobol sequence", fields -> {
                var points = fields.required(
                        "points",
                        ScalarCodec.integer(1),
                        StudyDesign.Sobol::points,
                        "How many; a power of two is best");
                return given -> new StudyDesign.Sobol(given.get(points));
            }))
            .kind("morris", StudyDesign.Trajectories.class, RecordCodec.of("Morris trajectories", fields -> {
                var trajectories = fields.required(
                        "trajectories",
                        ScalarCodec.integer(2),
                        StudyDesign.Trajectories::trajectories,
                        "How many; each takes a variant more than there are axes");
                return given -> new StudyDesign.Trajectories(given.get(trajectories));
            }))
            .build();

    private static final Codec<StoppingRule> STOP = RecordCodec.of("a stopping rule", fields -> {
        var metric = fields.optional(
                "metric", ScalarCodec.text(), StoppingRule::metric, "Whose mean must be known well in each variant");
        var share = fields.<Double>optional(
                "relativeHalfWidth",
                ScalarCodec.number(NumberRange.share()),
                rule -> Optional.empty(),
                "Half of its 95% interval as a share of the mean; 0.05 by default");
        var fewest = fields.<Integer>optional(
                "fewest", ScalarCodec.integer(1), rule -> Optional.empty(), "Fewest replications; 5 by default");
        var most = fields.<Integer>optional(
                "most", ScalarCodec.integer(1), rule -> Optional.empty(), "Most replications; 100 by default");
        var budget = fields.optional(
                "budget", DURATION, StoppingRule::budget, "No further replication is begun after this wall-clock time");
        return given -> new StoppingRule(
                given.find(metric),
                given.find(share).orElse(0.05),
                given.find(fewest).orElse(Math.min(5, given.find(most).orElse(5))),
                given.find(most).orElse(100),
                given.find(budget));
    });

    private static final Codec<Objective> OBJECTIVE = RecordCodec.of("an objective", fields -> {
        var metric = fields.required("metric", ScalarCodec.text(), Objective::metric, "A metric");
        var aim = fields.required(
                "aim",
                ScalarCodec.named("an aim", List.of(Objective.Aim.values()), each -> each.name()
                        .toLowerCase(Locale.ROOT)),
                Objective::aim,
                "Whether low or high is good");
        return given -> new Objective(given.get(metric), given.get(aim));
    });

    private static final Codec<Constraint> CONSTRAINT = RecordCodec.of("a constraint", fields -> {
        var metric = fields.required("metric", ScalarCodec.text(), Constraint::metric, "A metric");
        var least = fields.<Double>optional(
                "atLeast",
                ScalarCodec.number(NumberRange.any()),
                each -> Optional.empty(),
                "The least its mean may be");
        var most = fields.<Double>optional(
                "atMost", ScalarCodec.number(NumberRange.any()), each -> Optional.empty(), "The most its mean may be");
        return given -> {
            if (given.find(least).isPresent() == given.find(most).isPresent()) {
                throw new IllegalArgumentException(
                        "the constraint on " + given.get(metric) + " must have either atLeast or atMost");
            }
            return new Constraint(
                    given.get(metric),
                    given.find(least).isPresent(),
                    given.find(least).or(() -> given.find(most)).orElseThrow());
        };
    });

    private static final Codec<SearchDraft> SEARCH = ChoiceCodec.<SearchDraft>of("a search")
            .kind("highest-load", SearchDraft.Load.class, RecordCodec.of("a search for the highest load", fields -> {
                var path = fields.required(
                        "path",
                        ScalarCodec.text(),
                        SearchDraft.Load::path,
                        "The field of the scenario that holds the load, such as workloads[0].arrivals.rate");
                var from = fields.required(
                        "from",
                        ScalarCodec.number(NumberRange.any()),
                        SearchDraft.Load::from,
                        "The least load, tried first");
                var to = fields.required(
                        "to",
                        ScalarCodec.number(NumberRange.any()),
                        SearchDraft.Load::to,
                        "The most, tried second; a load above one that breaks the constraint is taken to break it too");
                var unit = fields.optional(
                        "unit", ScalarCodec.text(), "", SearchDraft.Load::unit, "The unit of the loads, such as /s");
                var tolerance = fields.required(
                        "tolerance",
                        ScalarCodec.number(NumberRange.any()),
                        SearchDraft.Load::tolerance,
                        "The search ends when the load is known to within this");
                var constraint = fields.required(
                        "constraint", CONSTRAINT, SearchDraft.Load::constraint, "What the mean must keep");
                return given -> new SearchDraft.Load(
                        given.get(path),
                        given.get(from),
                        given.get(to),
                        given.find(unit).orElse(""),
                        given.get(tolerance),
                        given.get(constraint));
            }))
            .kind(
                    "successive-halving",
                    SearchDraft.Halving.class,
                    RecordCodec.of("a search for the best variant", fields -> {
                        var objective = fields.required(
                                "objective",
                                OBJECTIVE,
                                SearchDraft.Halving::objective,
                                "What is wanted of which metric");
                        return given -> new SearchDraft.Halving(given.get(objective));
                    }))
            .build();

    static final RecordCodec<StudyDraft> STUDY = RecordCodec.of("a study", fields -> {
        fields.optional(
                "$schema", ScalarCodec.text(), study -> Optional.empty(), "The JSON Schema of this file, for editors");
        fields.required(
                "motleyStudy",
                ScalarCodec.exactly(VERSION),
                study -> VERSION,
                "The version of this format: " + VERSION);
        var name = fields.optional("name", ScalarCodec.text(), StudyDraft::name, "Name for reports and folders");
        var description = fields.optional(
                "description", ScalarCodec.text(), "", StudyDraft::description, "What it asks, for people");
        var scenario = fields.required(
                "scenario",
                new AsItStands("object"),
                StudyDraft::scenario,
                "The scenario that is varied: its file, from the folder of this one, or the scenario itself");
        var set = fields.optional(
                "set",
                CHANGES,
                Map.of(),
                StudyDraft::set,
                "Changes to the scenario in all variants: values by path, such as \"horizon\": \"1 min\"");
        var vary = fields.optional(
                "vary", new ListCodec<>(VARY, 1), List.of(), StudyDraft::vary, "The axes: what is varied");
        var design = fields.optional(
                "design",
                DESIGN,
                new StudyDesign.Grid(),
                StudyDraft::design,
                "Which points of the axes are tried; every level with every other by default");
        var replications = fields.optional(
                "replications",
                ScalarCodec.integer(1),
                StudyDraft::replications,
                "How often each variant is run; 10 by default");
        var stop = fields.optional(
                "stop", STOP, StudyDraft::stop, "Instead of a number of replications: when they are enough");
        var seeding = fields.optional(
                "seeds",
                ScalarCodec.named("a kind of seeds", List.of(Seeding.values()), each -> each.name()
                        .toLowerCase(Locale.ROOT)),
                Seeding.COMMON,
                StudyDraft::seeding,
                "Whether variants share their random numbers, which makes differences clearer, and whether replications come in pairs that mirror each other (antithetic); common by default");
        var seed = fields.optional(
                "seed",
                ScalarCodec.integer(Long.MIN_VALUE, Long.MAX_VALUE),
                1L,
                StudyDraft::seed,
                "The seed that all seeds derive from; 1 by default");
        var metrics = fields.optional(
                "metrics",
                NAMES,
                List.of(),
                StudyDraft::metrics,
                "The metrics to keep; by default all but those of single devices");
        var compare = fields.optional(
                "compare", NAMES, List.of(), StudyDraft::compare, "The metrics to show and to compare variants by");
        var baseline = fields.optional(
                "baseline",
                ScalarCodec.text(),
                StudyDraft::baseline,
                "What variants are compared with: the name of a variant, or axis=level for the one that differs in that alone; the first variant by default");
        var pareto = fields.optional(
                "pareto",
                new ListCodec<>(OBJECTIVE, 2),
                List.of(),
                StudyDraft::pareto,
                "What is wanted: variants that no other beats in all of it are marked");
        var constraints = fields.optional(
                "constraints",
                new ListCodec<>(CONSTRAINT, 1),
                List.of(),
                StudyDraft::constraints,
                "Bounds on means; variants that break one are marked");
        var search = fields.optional(
                "search",
                SEARCH,
                StudyDraft::search,
                "Instead of running each variant equally often: the highest load that each carries, or the best of them with few runs");
        return given -> {
            var draft = new StudyDraft(
                    given.find(name),
                    given.find(description).orElse(""),
                    given.get(scenario),
                    given.find(set).orElse(Map.of()),
                    given.find(vary).orElse(List.of()),
                    given.find(design).orElse(new StudyDesign.Grid()),
                    given.find(replications),
                    given.find(stop),
                    given.find(seeding).orElse(Seeding.COMMON),
                    given.find(seed).orElse(1L),
                    given.find(metrics).orElse(List.of()),
                    given.find(compare).orElse(List.of()),
                    given.find(baseline),
                    given.find(pareto).orElse(List.of()),
                    given.find(constraints).orElse(List.of()),
                    given.find(search));
            draft.rule();
            draft.checkSearch();
            return draft;
        };
    });

    private StudyCodec() {}

    static ObjectNode schema() {
        var definitions = new SchemaDefinitions();
        ObjectNode study = STUDY.schema(definitions);
        ObjectNode schema = JsonNodeFactory.instance
                .objectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("title", "A Motley study, version " + VERSION);
        schema.setAll(study);
        schema.set("$defs", definitions.json());
        return schema;
    }

    private static String label(Node value) {
        return value instanceof Node.Text text ? text.value() : value.json().toString();
    }
}
