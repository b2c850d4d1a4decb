package org.motleysim.workloads.scenario;

import static org.motleysim.workloads.scenario.ScalarCodec.BANDWIDTH;
import static org.motleysim.workloads.scenario.ScalarCodec.DURATION;
import static org.motleysim.workloads.scenario.ScalarCodec.POWER;

import java.util.List;
import java.util.Optional;
import org.motleysim.core.quantity.Power;
import org.motleysim.workloads.layers.Network;
import org.motleysim.workloads.layers.Networks;
import org.motleysim.workloads.offload.Backhaul;
import org.motleysim.workloads.offload.Coordinates;
import org.motleysim.workloads.offload.Mobility;
import org.motleysim.workloads.offload.OffloadTables;
import org.motleysim.workloads.offload.Processor;
import org.motleysim.workloads.offload.Work;

/** Processors, work, wires and ways of offloading. */
final class OffloadPartsCodec {
    private static final Codec<Double> NOT_NEGATIVE = ScalarCodec.number(NumberRange.notNegative());
    private static final Codec<Double> ANY = ScalarCodec.number(NumberRange.any());

    static final Codec<Network> NETWORK = ScalarCodec.named("a network", List.copyOf(Networks.names()), name -> name)
            .as(Networks::named, Network::name);

    static final Codec<Work> WORK = ChoiceCodec.<Work>of("the work of a task")
            .kind("instructions", Work.Instructions.class, RecordCodec.of("instructions", fields -> {
                var millions = fields.required(
                        "millions", NOT_NEGATIVE, Work.Instructions::millions, "Million instructions (MI)");
                return given -> new Work.Instructions(given.get(millions));
            }))
            .kind("inference", Work.Inference.class, RecordCodec.of("an inference", fields -> {
                var network = fields.required("network", NETWORK, Work.Inference::network, "What is run");
                var format = fields.required(
                        "format",
                        new FormatCodec(),
                        Work.Inference::format,
                        "Number format of weights and activations");
                return given -> new Work.Inference(given.get(network), given.get(format));
            }))
            .build();

    /** A processor is given in mips, or is a device of the catalogue with the idle power and the design power of its datasheet. */
    static final Codec<Processor> PROCESSOR = ChoiceCodec.<Processor>of("a processor")
            .kind(
                    "mips",
                    Processor.class,
                    processor -> processor.speed() instanceof Processor.Mips,
                    RecordCodec.of("a processor in mips", fields -> {
                        var cores = fields.required("cores", ScalarCodec.integer(1), Processor::cores, "Equal cores");
                        var mips = fields.required(
                                "mipsPerCore",
                                ScalarCodec.number(NumberRange.positive()),
                                processor -> ((Processor.Mips) processor.speed()).perCore(),
                                "Million instructions per second of one core");
                        var idle = fields.optional(
                                "idle", POWER, Power.ZERO, Processor::idle, "Power of all of it when nothing runs");
                        var busy = fields.optional(
                                "busy", POWER, Power.ZERO, Processor::busy, "Power of all of it when all cores run");
                        return given -> {
                            Power resting = given.find(idle).orElse(Power.ZERO);
                            return Processor.mips(
                                    given.get(cores),
                                    given.get(mips),
                                    resting,
                                    given.find(busy).orElse(resting));
                        };
                    }))
            .kind("device", Processor.class, RecordCodec.of("a device as a processor", fields -> {
                var device = fields.required(
                        "device",
                        new DeviceNameCodec(),
                        processor -> ((Processor.Board) processor.speed()).spec(),
                        "A device of the catalogue");
                var cores = fields.optional(
                        "count", ScalarCodec.integer(1), 1, Processor::cores, "How many of them; 1 by default");
                var idle = fields.optional(
                        "idle",
                        POWER,
                        processor -> Optional.of(processor.idle()),
                        "Power of all of it when nothing runs; that of the datasheet by default");
                var busy = fields.optional(
                        "busy",
                        POWER,
                        processor -> Optional.of(processor.busy()),
                        "Power of all of it when all of it runs; the design power of the datasheet by default");
                return given -> {
                    int count = given.find(cores).orElse(1);
                    var spec = given.get(device);
                    Power most = given.find(busy)
                            .orElseGet(
                                    () -> Power.watts(Processor.of(spec).busy().watts() * count));
                    Power least = given.find(idle)
                            .orElseGet(() ->
                                    Power.watts(spec.idle().orElse(Power.ZERO).watts() * count));
                    return new Processor(count, new Processor.Board(spec), least, most);
                };
            }))
            .build();

    static final Codec<Backhaul> BACKHAUL = RecordCodec.of("a wired link", fields -> {
        var bandwidth = fields.required(
                "bandwidth",
                BANDWIDTH,
                Backhaul::bandwidth,
                "Shared by all its transfers; each way has its own to a cloud");
        var latency = fields.required("latency", DURATION, Backhaul::latency, "One way");
        var energy = fields.optional(
                "nanojoulesPerBit",
                NOT_NEGATIVE,
                0.0,
                Backhaul::nanojoulesPerBit,
                "Of all its equipment; 0 by default");
        return given -> new Backhaul(
                given.get(bandwidth), given.get(latency), given.find(energy).orElse(0.0));
    });

    static final Codec<Coordinates> POSITION = RecordCodec.of("a position", fields -> {
        var latitude = fields.required("latitude", ANY, Coordinates::latitude, "Degrees north");
        var longitude = fields.required("longitude", ANY, Coordinates::longitude, "Degrees east");
        return given -> new Coordinates(given.get(latitude), given.get(longitude));
    });

    static final Codec<Mobility> MOBILITY = ChoiceCodec.<Mobility>of("a mobility")
            .value("none", Mobility.none())
            .kind("nomadic", Mobility.Nomadic.class, RecordCodec.of("nomadic mobility", fields -> {
                var stay = fields.required(
                        "meanStay", DURATION, Mobility.Nomadic::meanStay, "Mean of the exponential time at a site");
                return given -> new Mobility.Nomadic(given.get(stay));
            }))
            .kind("path", Mobility.Path.class, RecordCodec.of("mobility along a path", fields -> {
                var points = fields.required(
                        "points",
                        new TableOrListCodec<>(
                                "positions", new ListCodec<>(POSITION, 2), (file, source) -> OffloadTables.path(file)),
                        Mobility.Path::points,
                        "Walked forth and back: a list, or {\"file\": ...} with the columns latitude and longitude");
                var step = fields.required("step", DURATION, Mobility.Path::step, "Time from one point to the next");
                return given -> new Mobility.Path(given.get(points), given.get(step));
            }))
            .build();

    private OffloadPartsCodec() {}
}
