package org.motleysim.workloads.scenario;

import static org.motleysim.workloads.scenario.ScalarCodec.POWER;

import java.util.List;
import java.util.Optional;
import org.motleysim.core.quantity.Power;
import org.motleysim.core.random.Distribution;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.population.PopulationModel;
import org.motleysim.hardware.power.ChargeWindows;
import org.motleysim.workloads.federated.population.Always;
import org.motleysim.workloads.federated.population.Availability;
import org.motleysim.workloads.federated.population.ClientBattery;
import org.motleysim.workloads.federated.population.ClientPopulation;
import org.motleysim.workloads.federated.population.ClockSkew;
import org.motleysim.workloads.federated.population.DataVolume;
import org.motleysim.workloads.federated.population.Diurnal;
import org.motleysim.workloads.federated.population.Never;
import org.motleysim.workloads.federated.population.Renewal;
import org.motleysim.workloads.federated.population.TraceHours;
import org.motleysim.workloads.federated.population.TraceHoursFormat;

/** The clients of federated learning. */
final class ClientsCodec {
    private static final Codec<Distribution> LAW = DistributionCodec.DISTRIBUTION;
    private static final Codec<Double> SHARE = ScalarCodec.number(NumberRange.share());
    private static final Codec<Double> CLOSED_SHARE = ScalarCodec.number(NumberRange.closedShare());

    private static final Codec<DataVolume.Histogram.Bin> BIN = RecordCodec.of("a bin", fields -> {
        var samples = fields.required(
                "samples",
                ScalarCodec.integer(1),
                DataVolume.Histogram.Bin::samples,
                "Samples of each of these clients");
        var clients = fields.required(
                "clients",
                ScalarCodec.number(NumberRange.notNegative()),
                DataVolume.Histogram.Bin::clients,
                "How many clients have so many, in proportion");
        return given -> new DataVolume.Histogram.Bin(given.get(samples), given.get(clients));
    });

    private static final Codec<DataVolume> VOLUME = ChoiceCodec.<DataVolume>of("a volume of data")
            .kind("law", DataVolume.Law.class, RecordCodec.of("a law of samples", fields -> {
                var samples = fields.required("samples", LAW, DataVolume.Law::samples, "Samples of a client");
                return given -> new DataVolume.Law(given.get(samples));
            }))
            .kind("histogram", DataVolume.Histogram.class, RecordCodec.of("a histogram of samples", fields -> {
                var bins = fields.required(
                        "bins", new ListCodec<>(BIN, 1), DataVolume.Histogram::bins, "How many clients have how many");
                return given -> new DataVolume.Histogram(given.get(bins));
            }))
            .kind("dirichlet", DataVolume.Dirichlet.class, RecordCodec.of("a Dirichlet split", fields -> {
                var samples = fields.required(
                        "samples",
                        ScalarCodec.integer(1, Long.MAX_VALUE),
                        DataVolume.Dirichlet::samples,
                        "Samples of all clients together");
                var alpha = fields.required(
                        "alpha",
                        ScalarCodec.number(NumberRange.positive()),
                        DataVolume.Dirichlet::alpha,
                        "The smaller, the more unequal");
                return given -> new DataVolume.Dirichlet(given.get(samples), given.get(alpha));
            }))
            .build();

    private static final Codec<TraceHoursFormat> FORMAT =
            ScalarCodec.named("a format of traces", List.of(TraceHoursFormat.values()), TraceHoursFormat::label);

    private static final Codec<Availability> AVAILABILITY = ChoiceCodec.<Availability>of("an availability")
            .value("always", new Always())
            .value("never", new Never())
            .kind("renewal", Renewal.class, RecordCodec.of("an availability that comes and goes", fields -> {
                var on = fields.required("onSeconds", LAW, Renewal::on, "Seconds that a client stays");
                var off = fields.required("offSeconds", LAW, Renewal::off, "Seconds that it is away");
                return given -> new Renewal(given.get(on), given.get(off));
            }))
            .kind("diurnal", Diurnal.class, RecordCodec.of("daily hours", fields -> {
                var start = fields.required(
                        "startHour", LAW, Diurnal::startHour, "When they begin, in hours after midnight");
                var hours = fields.required("hours", LAW, Diurnal::hours, "How long they last, in hours");
                var daily = fields.optional(
                        "dailyShare", SHARE, 1.0, Diurnal::dailyShare, "Share of days that have them; 1 by default");
                return given -> new Diurnal(
                        given.get(start), given.get(hours), given.find(daily).orElse(1.0));
            }))
            .kind("trace", TraceHours.class, RecordCodec.of("a recorded availability", fields -> {
                var file = fields.required(
                        "file",
                        new PathCodec("a trace of availability"),
                        trace -> trace.file()
                                .orElseThrow(() -> new IllegalArgumentException("availability ("
                                        + trace.devices().size()
                                        + " devices) has no form in a scenario file\nMaybe read it from a file.")),
                        "Path of the trace");
                var format = fields.required("format", FORMAT, TraceHours::format, "What it is written in");
                return given -> TraceHours.read(given.get(file), given.get(format));
            }))
            .build();

    private static final Codec<ClientBattery> BATTERY = RecordCodec.of("batteries of clients", fields -> {
        var charger = fields.required("charger", POWER, ClientBattery::charger, "Power from the grid while charging");
        var efficiency = fields.optional(
                "efficiency", SHARE, 1.0, ClientBattery::efficiency, "Stored per drawn from the grid; 1 by default");
        var charging = fields.optional(
                "charging",
                PowerCodec.WINDOWS,
                ChargeWindows.never(),
                ClientBattery::windows,
                "When clients are plugged in, by their clocks; never by default");
        var initial = fields.optional(
                "initialShare",
                LAW,
                Distribution.constant(1),
                ClientBattery::initialShare,
                "Charge at the start, of the full battery; full by default");
        var minimum = fields.optional(
                "minimumShare", CLOSED_SHARE, 0.0, ClientBattery::minimumShare, "Below which a client is not asked");
        var standby = fields.optional(
                "standby", POWER, Power.ZERO, ClientBattery::standby, "What a device draws for other things");
        return given -> new ClientBattery(
                given.get(charger),
                given.find(efficiency).orElse(1.0),
                given.find(charging).orElse(ChargeWindows.never()),
                given.find(initial).orElse(Distribution.constant(1)),
                given.find(minimum).orElse(0.0),
                given.find(standby).orElse(Power.ZERO));
    });

    static final RecordCodec<ClientPopulation> CLIENTS = RecordCodec.of("clients", fields -> {
        var fleet = fields.required(
                "fleet",
                FleetCodec.FLEET,
                clients -> draft(clients.devices(), Optional.of(clients.count())),
                "What devices they are, and how many (\"count\")");
        var links = fields.optional(
                "links",
                FleetCodec.FLEET,
                clients -> clients.links().map(model -> draft(model, Optional.empty())),
                "A table that the links are drawn from, apart from the devices; by default those of the device");
        var samples = fields.optional(
                "samples",
                VOLUME,
                DataVolume.constant(1),
                ClientPopulation::volume,
                "How many samples each has; one by default");
        var availability = fields.optional(
                "availability",
                AVAILABILITY,
                Availability.always(),
                ClientPopulation::availability,
                "When they may be asked; always by default");
        var battery = fields.optional(
                "battery",
                BATTERY,
                ClientPopulation::battery,
                "How batteries are charged and run down; by default energy is counted and none runs down");
        var dropout = fields.optional(
                "dropout",
                CLOSED_SHARE,
                0.0,
                ClientPopulation::dropout,
                "Probability that a client fails in a task for a reason of its own; 0 by default");
        var skew = fields.optional(
                "clockAheadSeconds",
                LAW,
                Distribution.constant(0),
                clients -> clients.skew().seconds(),
                "What the clock of each client is ahead; all are right by default");
        return given -> new ClientPopulation(
                model(given.get(fleet)),
                given.find(links).map(ClientsCodec::model),
                given.get(fleet)
                        .count()
                        .orElseThrow(() -> new IllegalArgumentException(
                                "\"count\" is missing in the fleet of the clients\nMaybe \"count\": 10000.")),
                given.find(samples).orElse(DataVolume.constant(1)),
                given.find(availability).orElse(Availability.always()),
                given.find(battery),
                given.find(dropout).orElse(0.0),
                new ClockSkew(given.find(skew).orElse(Distribution.constant(0))));
    });

    private ClientsCodec() {}

    private static FleetCodec.Draft draft(PopulationModel model, Optional<Integer> count) {
        return new FleetCodec.Draft(model, count, 1, Optional.empty(), NumberFormat.FP16);
    }

    private static PopulationModel model(FleetCodec.Draft fleet) {
        if (fleet.like().isPresent()
                || fleet.seed() != 1
                || !fleet.speedFormat().equals(NumberFormat.FP16)) {
            throw new IllegalArgumentException(
                    "\"like\", \"seed\" and \"speedFormat\" must not be given for clients"
                            + "\nMaybe leave them out: clients are drawn from the scenario's seed, and are no devices of the cluster.");
        }
        return fleet.model();
    }
}
