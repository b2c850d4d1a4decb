package org.motleysim.workloads.scenario;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.Energy;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Power;
import org.motleysim.core.random.Distribution;
import org.motleysim.hardware.cluster.Fleet;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.population.Attribute;
import org.motleysim.hardware.population.ColumnMapping;
import org.motleysim.hardware.population.DeviceClass;
import org.motleysim.hardware.population.DeviceTable;
import org.motleysim.hardware.population.PopulationModel;
import org.motleysim.hardware.population.Selection;

/** A fleet of devices that differ. A cluster is written as the devices that were drawn; clients of federated learning as their fleet. */
final class FleetCodec {
    private static final Codec<Double> POSITIVE = ScalarCodec.number(NumberRange.positive());
    private static final ScalarCodec<FlopRate> FLOP_RATE = scalar(
            "a compute rate",
            "2 TFLOP/s",
            FlopRate.units(),
            FlopRate::parse,
            rate -> rate.flopsPerSecond() + " FLOP/s");
    private static final ScalarCodec<Bytes> BYTES =
            scalar("an amount of memory", "8 GB", Bytes.units(), Bytes::parse, bytes -> bytes.value() + " B");
    private static final ScalarCodec<Energy> ENERGY =
            scalar("an energy", "50 kJ", Energy.units(), Energy::parse, energy -> energy.joules() + " J");
    private static final ScalarCodec<Power> POWER =
            scalar("a power", "5 W", Power.units(), Power::parse, power -> power.watts() + " W");

    /**
     * A fleet as the file says it.
     *
     * @param model what is drawn
     * @param count devices
     * @param seed of the draw
     * @param like what the devices are otherwise
     * @param speedFormat the format that the speed is the peak of
     */
    record Draft(
            PopulationModel model,
            Optional<Integer> count,
            long seed,
            Optional<DeviceSpec> like,
            NumberFormat speedFormat) {
        Fleet named(String name) {
            return new Fleet(name, model, required("count", count), seed, required("like", like), speedFormat);
        }

        private static <T> T required(String field, Optional<T> value) {
            return value.orElseThrow(() -> new IllegalArgumentException("\"" + field + "\" is missing in the fleet"
                    + "\nMaybe \"count\": 100, \"like\": \"qualcomm-snapdragon-8-gen-3-12gb\"."));
        }
    }

    private static final Codec<DeviceClass> CLASS = RecordCodec.of("a class of devices", fields -> {
        var name = fields.required("name", ScalarCodec.text(), DeviceClass::name, "Name of the class");
        var weight = fields.optional("weight", POSITIVE, 1.0, DeviceClass::weight, "How common it is; 1 by default");
        var speed = fields.required("speed", FLOP_RATE, DeviceClass::speed, "Compute rate");
        var memory = fields.required("memory", BYTES, DeviceClass::memory, "Memory");
        var down = fields.required("linkDown", ScalarCodec.BANDWIDTH, DeviceClass::linkDown, "What it receives");
        var up = fields.required("linkUp", ScalarCodec.BANDWIDTH, DeviceClass::linkUp, "What it sends");
        var battery = fields.optional("battery", ENERGY, DeviceClass::battery, "Full battery; none at the mains");
        var bandwidth = fields.optional(
                "memoryBandwidth", ScalarCodec.BANDWIDTH, DeviceClass::memoryBandwidth, "Bandwidth of the memory");
        var power = fields.optional("busyPower", POWER, DeviceClass::busyPower, "Power at full work");
        return given -> new DeviceClass(
                given.get(name),
                given.find(weight).orElse(1.0),
                given.get(speed),
                given.get(memory),
                given.get(down),
                given.get(up),
                given.find(battery),
                given.find(bandwidth),
                given.find(power));
    });

    private static final Codec<ColumnMapping.Source> SOURCE = RecordCodec.of("where a number comes from", fields -> {
        var columns = fields.optional(
                "columns",
                new ListCodec<>(ScalarCodec.text(), 1),
                source -> Optional.of(source.columns()).filter(names -> !names.isEmpty()),
                "Columns that are multiplied; without them all devices have the factor");
        var factor = fields.optional(
                "factor", POSITIVE, 1.0, ColumnMapping.Source::factor, "Converts the unit; 1 by default");
        var dividedBy = fields.optional(
                "dividedBy",
                new ListCodec<>(ScalarCodec.text(), 1),
                source -> Optional.of(source.dividedBy()).filter(names -> !names.isEmpty()),
                "Columns that it is divided by, such as a time of which the speed is asked");
        return given -> new ColumnMapping.Source(
                given.find(columns).orElse(List.of()),
                given.find(factor).orElse(1.0),
                given.find(dividedBy).orElse(List.of()));
    });

    private static final Codec<ColumnMapping> COLUMNS = RecordCodec.of("a mapping of columns", fields -> {
        Map<Attribute, RecordCodec.Field<ColumnMapping, ColumnMapping.Source>> sources = new LinkedHashMap<>();
        for (Attribute attribute : Attribute.values()) {
            sources.put(
                    attribute,
                    fields.optional(
                            label(attribute),
                            SOURCE,
                            mapping -> Optional.ofNullable(mapping.sources().get(attribute)),
                            "In " + attribute.unit() + "; by default from the column " + attribute.column()));
        }
        var deviceClass = fields.optional(
                "class", ScalarCodec.text(), ColumnMapping::deviceClass, "Column of the class; \"class\" by default");
        var weight = fields.optional(
                "weight", ScalarCodec.text(), ColumnMapping::weight, "Column of the weight; \"weight\" by default");
        var whereColumn = fields.optional(
                "whereColumn",
                ScalarCodec.text(),
                mapping -> mapping.where().keySet().stream().findFirst(),
                "Only rows with a value in this column are read");
        var whereValue = fields.optional(
                "whereValue",
                ScalarCodec.text(),
                mapping -> mapping.where().values().stream().findFirst(),
                "The value in that column");
        var skip = fields.optional(
                "skipUnusable",
                ScalarCodec.FLAG,
                false,
                ColumnMapping::skipUnusable,
                "Leave out rows in which a needed number is missing, zero or infinite; refused by default");
        return given -> {
            ColumnMapping mapping = ColumnMapping.none();
            for (var entry : sources.entrySet()) {
                Optional<ColumnMapping.Source> source = given.find(entry.getValue());
                if (source.isPresent()) {
                    mapping = mapping.with(entry.getKey(), source.get());
                }
            }
            if (given.find(whereColumn).isPresent() != given.find(whereValue).isPresent()) {
                throw new IllegalArgumentException("\"whereColumn\" and \"whereValue\" must be given together");
            }
            Map<String, String> where = given.find(whereColumn)
                    .map(column -> Map.of(column, given.get(whereValue)))
                    .orElse(Map.of());
            return new ColumnMapping(
                    mapping.sources(),
                    given.find(deviceClass),
                    given.find(weight),
                    where,
                    given.find(skip).orElse(false));
        };
    });

    private static final Codec<Map<Attribute, Distribution>> JITTER = RecordCodec.of("jitter", fields -> {
        Map<Attribute, RecordCodec.Field<Map<Attribute, Distribution>, Distribution>> factors = new LinkedHashMap<>();
        for (Attribute attribute : Attribute.values()) {
            factors.put(
                    attribute,
                    fields.optional(
                            label(attribute),
                            DistributionCodec.DISTRIBUTION,
                            jitter -> Optional.ofNullable(jitter.get(attribute)),
                            "What it is multiplied with, each device by itself"));
        }
        return given -> {
            Map<Attribute, Distribution> jitter = new LinkedHashMap<>();
            factors.forEach((attribute, field) -> given.find(field).ifPresent(law -> jitter.put(attribute, law)));
            return jitter;
        };
    });

    static final RecordCodec<Draft> FLEET = RecordCodec.of("a fleet", fields -> {
        var table = fields.optional(
                "table",
                new PathCodec("a table of devices"),
                draft -> draft.model().table().file(),
                "Path of a table of devices, CSV or JSON");
        var columns = fields.optional(
                "columns",
                COLUMNS,
                draft -> Optional.of(draft.model().table().mapping())
                        .filter(mapping -> !mapping.equals(ColumnMapping.none())),
                "How its columns are read, if they are not ours");
        var classes = fields.optional(
                "classes",
                new ListCodec<>(CLASS, 1),
                draft -> Optional.of(draft.model().table().source()).filter(each -> !each.isEmpty()),
                "Classes of devices, instead of a table");
        var selection = fields.optional(
                "selection",
                ScalarCodec.named("a selection", List.of(Selection.values()), Selection::label),
                Selection.SAMPLED,
                draft -> draft.model().selection(),
                "How rows are given out; each device draws its own by default");
        var jitter = fields.optional(
                "jitter", JITTER, Map.of(), draft -> draft.model().jitter(), "Random factors of numbers of devices");
        var count = fields.optional("count", ScalarCodec.integer(1), Draft::count, "How many devices");
        var seed = fields.optional(
                "seed",
                ScalarCodec.integer(Long.MIN_VALUE, Long.MAX_VALUE),
                1L,
                Draft::seed,
                "Seed of the draw, apart from that of the scenario; 1 by default");
        var like = fields.optional(
                "like", new DeviceNameCodec(), Draft::like, "The device that they are like where a row says nothing");
        var format = fields.optional(
                "speedFormat",
                new FormatCodec(),
                NumberFormat.FP16,
                Draft::speedFormat,
                "The format that the speed is the peak of; fp16 by default");
        return given -> new Draft(
                new PopulationModel(
                        FaultsCodec.oneOf("a fleet", given.find(table), "table", given.find(classes), "classes")
                                ? read(given.get(table), given.find(columns).orElse(ColumnMapping.none()))
                                : DeviceTable.of(given.get(classes)),
                        given.find(selection).orElse(Selection.SAMPLED),
                        given.<Map<Attribute, Distribution>>find(jitter).orElse(Map.of())),
                given.find(count),
                given.find(seed).orElse(1L),
                given.find(like),
                given.find(format).orElse(NumberFormat.FP16));
    });

    private FleetCodec() {}

    private static DeviceTable read(Path file, ColumnMapping mapping) {
        try {
            return DeviceTable.read(file, mapping);
        } catch (UncheckedIOException e) {
            throw new IllegalArgumentException(
                    "table of devices (" + file + ") must be readable: " + e.getMessage(), e);
        }
    }

    /** An attribute in camel case. */
    private static String label(Attribute attribute) {
        StringBuilder label = new StringBuilder();
        for (String word : attribute.name().toLowerCase(Locale.ROOT).split("_", -1)) {
            label.append(label.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return label.toString();
    }

    private static <Q> ScalarCodec<Q> scalar(
            String noun, String example, List<String> units, Function<String, Q> parse, Function<Q, String> exact) {
        return ScalarCodec.quantity(noun, example, units, parse, Object::toString, exact);
    }
}
