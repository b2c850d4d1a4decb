package org.motleysim.workloads.scenario;

import static org.motleysim.workloads.scenario.ScalarCodec.DURATION;
import static org.motleysim.workloads.scenario.ScalarCodec.ENERGY;
import static org.motleysim.workloads.scenario.ScalarCodec.POWER;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.motleysim.core.quantity.Energy;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.power.Battery;
import org.motleysim.hardware.power.ChargeWindows;
import org.motleysim.hardware.power.FixedGovernor;
import org.motleysim.hardware.power.Governor;
import org.motleysim.hardware.power.OndemandGovernor;
import org.motleysim.hardware.power.OperatingPoint;
import org.motleysim.hardware.power.OperatingPoints;
import org.motleysim.hardware.power.OperationEnergies;
import org.motleysim.hardware.power.PaceGovernor;
import org.motleysim.hardware.power.PowerModel;
import org.motleysim.hardware.power.PowerSetup;
import org.motleysim.hardware.power.Thermal;

/** How a group of devices is powered. */
final class PowerCodec {
    private static final ScalarCodec<Double> RATIO = ScalarCodec.number(NumberRange.positive());
    private static final ScalarCodec<Double> SHARE = ScalarCodec.number(NumberRange.share());
    private static final Codec<NumberFormat> FORMAT = new FormatCodec();

    private record Priced<K>(K key, Energy energy) {}

    private static <K> Codec<List<Priced<K>>> energies(String keyName, Codec<K> key, String meaning) {
        return new ListCodec<>(
                RecordCodec.<Priced<K>>of("an energy", fields -> {
                    var name = fields.required(keyName, key, Priced::key, meaning);
                    var energy = fields.required("energy", ENERGY, Priced::energy, "Energy of one");
                    return given -> new Priced<>(given.get(name), given.get(energy));
                }),
                0);
    }

    private static final Codec<PowerModel> MODEL = ChoiceCodec.<PowerModel>of("a power model")
            .value("shares", PowerModel.shares())
            .kind("energy-per-operation", OperationEnergies.class, RecordCodec.of("energies per operation", fields -> {
                var process = fields.optional(
                        "process",
                        ScalarCodec.named("a process", List.of("45nm", "7nm"), name -> name),
                        model -> Optional.empty(),
                        "Published energies to begin with; none by default");
                var flops = fields.optional(
                        "perFlop",
                        energies("format", FORMAT, "Number format"),
                        List.of(),
                        model -> priced(model.perFlop()),
                        "Energy of an operation by number format");
                var bytes = fields.optional(
                        "perMemoryByte",
                        energies("memory", ScalarCodec.text(), "Name of the main memory in the datasheet"),
                        List.of(),
                        model -> priced(model.perMemoryByte()),
                        "Energy of a byte by main memory");
                var chip = fields.optional(
                        "perChipByte",
                        ENERGY,
                        model -> Optional.of(model.perChipByte()),
                        "Energy of a byte between main memory and arithmetic; by default that of the process, or none");
                var link = fields.optional(
                        "perLinkByte",
                        ENERGY,
                        Energy.ZERO,
                        OperationEnergies::perLinkByte,
                        "Energy of a byte over the link between devices; none by default");
                var active = fields.optional(
                        "active",
                        POWER,
                        Power.ZERO,
                        OperationEnergies::active,
                        "Power on top of idle while any kernel runs; none by default");
                return given -> {
                    var start = given.find(process).map(OperationEnergies::ofProcess);
                    Map<NumberFormat, Energy> perFlop = new LinkedHashMap<>();
                    Map<String, Energy> perByte = new LinkedHashMap<>();
                    start.ifPresent(known -> {
                        perFlop.putAll(known.perFlop());
                        perByte.putAll(known.perMemoryByte());
                    });
                    given.find(flops).ifPresent(list -> list.forEach(each -> perFlop.put(each.key(), each.energy())));
                    given.find(bytes).ifPresent(list -> list.forEach(each -> perByte.put(each.key(), each.energy())));
                    Energy known = start.map(OperationEnergies::perChipByte).orElse(Energy.ZERO);
                    return new OperationEnergies(
                            perFlop,
                            perByte,
                            given.find(chip).orElse(known),
                            given.find(link).orElse(Energy.ZERO),
                            given.find(active).orElse(Power.ZERO));
                };
            }))
            .plugIns(new PlugIns<>(PowerModelProvider.class))
            .build();

    private static <K> List<Priced<K>> priced(Map<K, Energy> energies) {
        return energies.entrySet().stream()
                .map(entry -> new Priced<>(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static final Codec<OperatingPoint> POINT = RecordCodec.of("an operating point", fields -> {
        var clock = fields.required("clock", RATIO, OperatingPoint::clock, "Clock, relative to the datasheet's");
        var voltage =
                fields.required("voltage", RATIO, OperatingPoint::voltage, "Voltage, relative to the datasheet's");
        return given -> new OperatingPoint(given.get(clock), given.get(voltage));
    });

    private static final Codec<Governor> GOVERNOR = ChoiceCodec.<Governor>of("a governor")
            .value("performance", Governor.performance())
            .value("powersave", Governor.powersave())
            .kind("fixed", FixedGovernor.class, RecordCodec.of("a fixed clock", fields -> {
                var clock = fields.required(
                        "clock", RATIO, FixedGovernor::clock, "The slowest point of at least this clock is taken");
                return given -> new FixedGovernor(given.get(clock));
            }))
            .kind("ondemand", OndemandGovernor.class, RecordCodec.of("a governor on demand", fields -> {
                var threshold = fields.optional(
                        "upThreshold",
                        SHARE,
                        Governor.USUAL_UP_THRESHOLD,
                        OndemandGovernor::upThreshold,
                        "Share of the last period above which it runs at full speed; 0.8 by default");
                var period = period(fields, OndemandGovernor::period);
                return given -> new OndemandGovernor(
                        given.find(threshold).orElse(Governor.USUAL_UP_THRESHOLD),
                        given.find(period).orElse(Governor.USUAL_PERIOD));
            }))
            .kind("pace", PaceGovernor.class, RecordCodec.of("a governor that paces", fields -> {
                var headroom = fields.optional(
                        "headroom",
                        ScalarCodec.number(new NumberRange(1, true, Double.POSITIVE_INFINITY, false)),
                        PaceGovernor.USUAL_HEADROOM,
                        PaceGovernor::headroom,
                        "Speed above what the last period needed; 1.25 by default");
                var period = period(fields, PaceGovernor::period);
                return given -> new PaceGovernor(
                        given.find(headroom).orElse(PaceGovernor.USUAL_HEADROOM),
                        given.find(period).orElse(Governor.USUAL_PERIOD));
            }))
            .plugIns(new PlugIns<>(GovernorProvider.class))
            .build();

    private static <T> RecordCodec.Field<T, Duration> period(
            RecordCodec.Fields<T> fields, Function<T, Duration> getter) {
        return fields.optional(
                "period",
                DURATION,
                Governor.USUAL_PERIOD,
                getter,
                "Over which utilisation is measured; 10 ms by default");
    }

    static final Codec<Thermal> THERMAL = RecordCodec.of("a thermal model", fields -> {
        var resistance = fields.required(
                "kelvinPerWatt", RATIO, Thermal::kelvinPerWatt, "Thermal resistance between the chip and the air");
        var constant = fields.required(
                "timeConstant",
                DURATION,
                Thermal::timeConstant,
                "Time in which 63% of a change of temperature is over");
        var ambient = fields.required(
                "ambientCelsius",
                ScalarCodec.number(NumberRange.any()),
                Thermal::ambientCelsius,
                "Temperature of the air");
        var throttle = fields.required(
                "throttleCelsius",
                ScalarCodec.number(NumberRange.any()),
                Thermal::throttleCelsius,
                "Temperature at which the first operating point is given up");
        var hysteresis = fields.required(
                "hysteresisKelvin",
                RATIO,
                Thermal::hysteresisKelvin,
                "How far it has to cool to get a point back, and to heat on to lose the next");
        return given -> new Thermal(
                given.get(resistance),
                given.get(constant),
                given.get(ambient),
                given.get(throttle),
                given.get(hysteresis));
    });

    private static final Codec<ChargeWindows.Window> WINDOW = RecordCodec.of("a charge window", fields -> {
        var start = fields.required(
                "start", DURATION, ChargeWindows.Window::start, "Since the start of the run, or midnight if daily");
        var end = fields.required(
                "end", DURATION, ChargeWindows.Window::end, "After the start, in the same day if daily");
        return given -> new ChargeWindows.Window(given.get(start), given.get(end));
    });

    static final Codec<ChargeWindows> WINDOWS = RecordCodec.of("charge windows", fields -> {
        var windows = fields.required(
                "windows", new ListCodec<>(WINDOW, 0), ChargeWindows::windows, "When the battery is plugged in");
        var daily = fields.optional(
                "daily", ScalarCodec.FLAG, false, ChargeWindows::daily, "Whether they come back every 24 hours");
        return given -> new ChargeWindows(given.get(windows), given.find(daily).orElse(false));
    });

    private static final Codec<Battery> BATTERY = RecordCodec.of("a battery", fields -> {
        var capacity = fields.required("capacity", ENERGY, Battery::capacity, "Energy when full");
        var charger = fields.required("charger", POWER, Battery::charger, "Power from the grid while charging");
        var efficiency = fields.required("efficiency", SHARE, Battery::efficiency, "Stored per drawn from the grid");
        var charging = fields.optional(
                "charging",
                WINDOWS,
                ChargeWindows.never(),
                Battery::windows,
                "When it is plugged in; never by default");
        var initial = fields.optional(
                "initialShare",
                ScalarCodec.number(new NumberRange(0, true, 1, true)),
                1.0,
                Battery::initialShare,
                "Charge at the start, of the capacity; full by default");
        var restart = fields.required(
                "restartShare", SHARE, Battery::restartShare, "Charge at which a device that went off starts again");
        return given -> new Battery(
                given.get(capacity),
                given.get(charger),
                given.get(efficiency),
                given.find(charging).orElse(ChargeWindows.never()),
                given.find(initial).orElse(1.0),
                given.get(restart));
    });

    static final Codec<PowerSetup> SETUP = RecordCodec.of("a power setup", fields -> {
        var model = fields.optional(
                "model", MODEL, PowerSetup::model, "What kernels draw; by default what the cost model says");
        var points = fields.optional(
                "operatingPoints",
                new ListCodec<>(POINT, 1),
                OperatingPoints.nominal().all(),
                setup -> setup.points().all(),
                "Clocks to choose from, slowest first; the datasheet's alone by default");
        var governor = fields.optional(
                "governor",
                GOVERNOR,
                Governor.performance(),
                PowerSetup::governor,
                "Who chooses among the points; the fastest by default");
        var cap = fields.optional("cap", POWER, PowerSetup::cap, "Most power of each device; none by default");
        var groupCap = fields.optional(
                "groupCap", POWER, PowerSetup::groupCap, "Most power of the group at any time; none by default");
        var thermal = fields.optional(
                "thermal", THERMAL, PowerSetup::thermal, "How the devices heat up and throttle; not at all by default");
        var battery = fields.optional(
                "battery", BATTERY, PowerSetup::battery, "What each device runs from; the grid by default");
        return given -> new PowerSetup(
                given.find(model),
                given.find(points).map(OperatingPoints::new).orElse(OperatingPoints.nominal()),
                given.find(governor).orElse(Governor.performance()),
                given.find(cap),
                given.find(groupCap),
                given.find(thermal),
                given.find(battery));
    });

    private PowerCodec() {}
}
