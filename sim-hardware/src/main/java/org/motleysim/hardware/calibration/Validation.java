package org.motleysim.hardware.calibration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.catalog.EfficiencyCatalog;
import org.motleysim.hardware.cost.BoundCostModel;
import org.motleysim.hardware.cost.CalibratedCostModel;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.cost.RooflineCostModel;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.fitted.ErrorSummary;
import org.motleysim.hardware.fitted.FitKey;
import org.motleysim.hardware.fitted.FittedRecord;
import org.motleysim.hardware.power.OperatingPoint;

/**
 * Scores a cost model against measured tables. Fits nothing. Suites and goals are those of docs/validation.md.
 *
 * <pre>{@code
 * List<Score> scores = Validation.of(CostModel.builtIn()).scores(Path.of("data"));
 * }</pre>
 */
public final class Validation {
    /** What the suites of the plain roofline are called after those of the model. */
    public static final String ROOFLINE = "-peak-roofline";

    /** What the suites of errors on held-out shapes are called after those of the model. */
    public static final String HELD_OUT = "-held-out";

    /** What the suites of errors on whole devices held out are called. */
    public static final String UNSEEN = "-unseen";

    private static final double POWER_GOAL = 0.10;
    private static final double UNSEEN_GOAL = 0.20;

    /** The shares that ship were fitted on the other model in the table. */
    private static final String JUDGED_MODEL = "bloom-176b";

    private final CostModel model;
    private final SystemNames names = SystemNames.in(Catalog.builtIn());

    private Validation(CostModel model) {
        this.model = model;
    }

    /** Returns the validation of a model on the devices of the built-in catalogue. */
    public static Validation of(CostModel model) {
        return new Validation(model);
    }

    /**
     * Scores every table of a folder: per suite, device, family and format the model's errors on all rows; then those that its fit had on
     * shapes held out while it was made, when it was made for these kernels; then those of the plain peak roofline, to which no goal
     * applies. Rows of machines that are not in the catalogue are left out.
     *
     * @throws IllegalArgumentException if the folder holds no table or a table has a fault
     */
    public List<Score> scores(Path data) {
        List<Score> scores = new ArrayList<>(scores(MeasuredKernels.read(data)));
        if (PowerRuns.isIn(data)) {
            scores.addAll(power(data));
        }
        return scores;
    }

    /** Scores measured kernels. */
    public List<Score> scores(MeasuredKernels measured) {
        List<Score> scores = new ArrayList<>();
        groups(measured).forEach((key, rows) -> {
            scores.add(score(key.suite(), key, errors(rows, model), Suites.goal(key)));
            fit(key, rows)
                    .ifPresent(fit -> scores.add(score(key.suite() + HELD_OUT, key, fit.heldOut(), Suites.goal(key))));
            scores.add(
                    score(key.suite() + ROOFLINE, key, errors(rows, RooflineCostModel.peak()), OptionalDouble.empty()));
        });
        return scores;
    }

    /**
     * Returns the errors that the fits of whole kinds of device had on each device that they had not seen: leave one device out. Then the
     * errors on tables of devices that no fit has seen. The goal is for the median.
     */
    public List<Score> unseen(MeasuredKernels measured) {
        List<Score> scores = new ArrayList<>(leaveOneOut(measured));
        groups(measured).forEach((key, rows) -> {
            if (!CatalogFit.isFitted(rows.get(0))
                    && fits().stream().noneMatch(fit -> fit.devices().contains(key.device()))) {
                scores.add(new Score(
                        key.suite() + UNSEEN,
                        key.device(),
                        key.family(),
                        key.format(),
                        errors(rows, model),
                        OptionalDouble.of(UNSEEN_GOAL),
                        Score.Judged.MEDIAN));
                scores.add(score(
                        key.suite() + ROOFLINE, key, errors(rows, RooflineCostModel.peak()), OptionalDouble.empty()));
            }
        });
        return scores;
    }

    private List<Score> leaveOneOut(MeasuredKernels measured) {
        List<Score> scores = new ArrayList<>();
        Map<FitKey, Suites.Key> suites = new LinkedHashMap<>();
        groups(measured)
                .forEach((key, rows) ->
                        suites.putIfAbsent(CatalogFit.key(rows.get(0).asked()), key));
        for (FittedRecord record : fits()) {
            Suites.Key key = suites.get(record.key());
            if (key == null) {
                continue;
            }
            for (FittedRecord.Unseen unseen : record.unseen()) {
                scores.add(new Score(
                        key.suite() + UNSEEN,
                        unseen.device(),
                        key.family(),
                        key.format(),
                        unseen.errors(),
                        OptionalDouble.of(UNSEEN_GOAL),
                        Score.Judged.MEDIAN));
            }
        }
        return scores;
    }

    private Map<Suites.Key, List<Measurement>> groups(MeasuredKernels measured) {
        Map<Suites.Key, List<Measurement>> groups = new LinkedHashMap<>();
        for (Measurement row : measured.all()) {
            Optional<DeviceSpec> device = names.find(row.system());
            device.ifPresent(spec -> groups.computeIfAbsent(Suites.key(row, spec.name()), key -> new ArrayList<>())
                    .add(row));
        }
        return groups;
    }

    private List<FittedRecord> fits() {
        return model instanceof CalibratedCostModel calibrated
                ? calibrated.fits().devices().stream()
                        .flatMap(device -> calibrated.fits().records(device).stream())
                        .toList()
                : List.of();
    }

    private Optional<FittedRecord> fit(Suites.Key key, List<Measurement> rows) {
        FitKey wanted = CatalogFit.key(rows.get(0).asked());
        boolean fitted = CatalogFit.isFitted(rows.get(0));
        return fits().stream()
                .filter(record -> fitted
                        && record.devices().contains(key.device())
                        && record.key().equals(wanted))
                .findFirst();
    }

    private static Score score(String suite, Suites.Key key, ErrorSummary errors, OptionalDouble goal) {
        return new Score(suite, key.device(), key.family(), key.format(), errors, goal, Score.Judged.MAPE);
    }

    private ErrorSummary errors(List<Measurement> rows, CostModel asked) {
        DeviceSpec device = names.device(rows.get(0).system());
        BoundCostModel bound = KernelVariants.of(asked, rows.get(0).asked()).bind(device, OperatingPoint.nominal());
        return ErrorSummary.of(rows.stream()
                .mapToDouble(row -> Math.abs(bound.cost(row.kernel()).seconds() / row.seconds() - 1))
                .toArray());
    }

    private static List<Score> power(Path data) {
        List<Score> scores = new ArrayList<>();
        PowerRuns.errors(
                        PowerRuns.read(data),
                        JUDGED_MODEL,
                        EfficiencyCatalog.builtIn().power(DeviceKind.GPU))
                .forEach((key, errors) -> scores.add(new Score(
                        "power",
                        key.get(0),
                        key.get(1),
                        "fp16",
                        ErrorSummary.of(errors.stream().mapToDouble(x -> x).toArray()),
                        OptionalDouble.of(POWER_GOAL),
                        Score.Judged.MAPE)));
        return scores;
    }
}
