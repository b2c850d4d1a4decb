package org.motleysim.workloads.scenario;

import static org.motleysim.workloads.scenario.ScalarCodec.DURATION;

import java.util.List;
import java.util.function.Function;
import org.motleysim.hardware.power.CarbonIntensity;

/** What a kilowatt-hour of the grid emits. */
final class CarbonCodec {
    private static final Codec<List<CarbonIntensity.Step>> STEPS = new ListCodec<>(
            RecordCodec.of("a step", fields -> {
                var from = fields.required(
                        "from",
                        DURATION,
                        CarbonIntensity.Step::from,
                        "Since the start of the run, or midnight if daily; the first is \"0 s\"");
                var grams = grams(fields, CarbonIntensity.Step::gramsPerKilowattHour);
                return given -> new CarbonIntensity.Step(given.get(from), given.get(grams));
            }),
            1);

    static final Codec<CarbonIntensity> CARBON = ChoiceCodec.<CarbonIntensity>of("a carbon intensity")
            .kind(
                    "constant",
                    CarbonIntensity.class,
                    intensity -> intensity.steps().size() == 1 && !intensity.daily(),
                    RecordCodec.of("a constant carbon intensity", fields -> {
                        var grams = grams(
                                fields, intensity -> intensity.steps().get(0).gramsPerKilowattHour());
                        return given -> CarbonIntensity.constant(given.get(grams));
                    }))
            .kind("daily", CarbonIntensity.class, CarbonIntensity::daily, steps(true))
            .kind("steps", CarbonIntensity.class, intensity -> !intensity.daily(), steps(false))
            .kind(
                    "trace",
                    CarbonIntensity.class,
                    never -> false, // written as its steps
                    RecordCodec.of("a trace of carbon intensity", fields -> {
                        var file = fields.required(
                                "file",
                                new CsvFileCodec<>(CarbonIntensity::read),
                                intensity -> intensity,
                                "Path of a CSV file with the columns seconds and grams_per_kilowatt_hour");
                        return given -> given.get(file);
                    }))
            .build();

    private CarbonCodec() {}

    private static RecordCodec<CarbonIntensity> steps(boolean daily) {
        return RecordCodec.of(daily ? "a daily carbon intensity" : "steps of carbon intensity", fields -> {
            var steps = fields.required("steps", STEPS, CarbonIntensity::steps, "Values that hold until the next one");
            return given -> new CarbonIntensity(given.get(steps), daily);
        });
    }

    private static <T> RecordCodec.Field<T, Double> grams(RecordCodec.Fields<T> fields, Function<T, Double> getter) {
        return fields.required(
                "gramsPerKilowattHour",
                ScalarCodec.number(NumberRange.notNegative()),
                getter,
                "Grams of CO2 equivalent per kilowatt-hour");
    }
}
