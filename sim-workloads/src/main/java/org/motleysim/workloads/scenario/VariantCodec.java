package org.motleysim.workloads.scenario;

import static org.motleysim.workloads.scenario.ScalarCodec.BYTES;
import static org.motleysim.workloads.scenario.ScalarCodec.DURATION;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.hardware.cost.BoundCostModel;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.power.OperatingPoint;
import org.motleysim.workloads.layers.Fusion;
import org.motleysim.workloads.split.NetworkCuts;
import org.motleysim.workloads.split.Variant;

/**
 * Ways to answer a frame. Stages may be given with their times, or a network of the library with the devices of both sides, from which the
 * cost model makes the times; written they have their times.
 */
final class VariantCodec {
    private static final Codec<String> NAME = ScalarCodec.text(
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}"),
            "a name of letters, digits, dots, hyphens and underscores");
    private static final String NETWORK = "The network that is run";
    private static final String FORMAT = "Number format of weights and activations";
    private static final String LOAD = "Time to load it when another variant ran before; none by default";

    private static final RecordCodec<Variant.Stage> STAGE = RecordCodec.of("a stage on the device", fields -> {
        var name = fields.required("name", NAME, Variant.Stage::name, "Its name");
        var time = fields.required("time", DURATION, Variant.Stage::time, "That it takes");
        var exit = fields.optional(
                "exitShare",
                ScalarCodec.number(NumberRange.closedShare()),
                0.0,
                Variant.Stage::exitShare,
                "Of the frames that reach it, those that end with it; none by default");
        return given -> new Variant.Stage(
                given.get(name), given.get(time), given.find(exit).orElse(0.0));
    });

    private static final RecordCodec<Variant> STAGES = RecordCodec.of("a variant by its times", fields -> {
        var name = fields.required("name", NAME, Variant::name, "Its name");
        var stages = fields.optional(
                "stages", new ListCodec<>(STAGE, 0), List.of(), Variant::stages, "On the device, in order");
        var upload = fields.optional("upload", BYTES, Bytes.of(0), Variant::upload, "What crosses the link");
        var server =
                fields.optional("server", DURATION, Duration.ZERO, Variant::server, "Time of the tail on the server");
        var download = fields.optional("download", BYTES, Bytes.of(0), Variant::download, "The result");
        var load = fields.optional("load", DURATION, Duration.ZERO, Variant::load, LOAD);
        return given -> new Variant(
                given.get(name),
                given.find(stages).orElse(List.of()),
                given.find(upload).orElse(Bytes.of(0)),
                given.find(server).orElse(Duration.ZERO),
                given.find(download).orElse(Bytes.of(0)),
                given.find(load).orElse(Duration.ZERO));
    });

    private static final RecordCodec<Variant> LOCAL = RecordCodec.of("a network on the device", fields -> {
        var name = fields.required("name", NAME, Variant::name, "Its name");
        var network = fields.required("network", OffloadPartsCodec.NETWORK, VariantCodec::byItsTimes, NETWORK);
        var format = fields.required("format", new FormatCodec(), VariantCodec::byItsTimes, FORMAT);
        var device = fields.required("device", new DeviceNameCodec(), VariantCodec::byItsTimes, "Where it runs");
        var load = fields.optional("load", DURATION, Duration.ZERO, Variant::load, LOAD);
        return given -> {
            BoundCostModel model = model(given.get(device));
            NetworkCuts cuts = NetworkCuts.of(given.get(network), given.get(format), Fusion.EPILOGUE, model, model);
            return Variant.local(given.get(name), cuts.headSeconds(cuts.layers()))
                    .loading(given.find(load).orElse(Duration.ZERO));
        };
    });

    private static final RecordCodec<Variant> OFFLOAD = RecordCodec.of("a network on the server", fields -> {
        var name = fields.required("name", NAME, Variant::name, "Its name");
        var network = fields.required("network", OffloadPartsCodec.NETWORK, VariantCodec::byItsTimes, NETWORK);
        var format = fields.required("format", new FormatCodec(), VariantCodec::byItsTimes, FORMAT);
        var server = fields.required("server", new DeviceNameCodec(), VariantCodec::byItsTimes, "Where it runs");
        var input = fields.required("input", BYTES, Variant::upload, "The frame as it is sent, such as a JPEG");
        return given -> {
            BoundCostModel model = model(given.get(server));
            NetworkCuts cuts = NetworkCuts.of(given.get(network), given.get(format), Fusion.EPILOGUE, model, model);
            return Variant.offloaded(given.get(name), given.get(input), cuts.tailSeconds(0));
        };
    });

    private static final RecordCodec<Variant> CUT = RecordCodec.of("a network that is cut", fields -> {
        var name = fields.required("name", NAME, Variant::name, "Its name");
        var network = fields.required("network", OffloadPartsCodec.NETWORK, VariantCodec::byItsTimes, NETWORK);
        var format = fields.required("format", new FormatCodec(), VariantCodec::byItsTimes, FORMAT);
        var device = fields.required("device", new DeviceNameCodec(), VariantCodec::byItsTimes, "Where the head runs");
        var server = fields.required("server", new DeviceNameCodec(), VariantCodec::byItsTimes, "Where the tail runs");
        var after = fields.required(
                "after",
                ScalarCodec.text(),
                VariantCodec::byItsTimes,
                "The layer behind which it is cut, such as \"s2.b0.add\"");
        var bytes = fields.optional(
                "bytesPerElement",
                ScalarCodec.number(NumberRange.positive()),
                1.0,
                VariantCodec::byItsTimes,
                "Of what crosses; 1 by default, as quantised to eight bits");
        var load = fields.optional("load", DURATION, Duration.ZERO, Variant::load, LOAD);
        return given -> {
            NetworkCuts cuts = NetworkCuts.of(
                    given.get(network),
                    given.get(format),
                    Fusion.EPILOGUE,
                    model(given.get(device)),
                    model(given.get(server)));
            int cut = cuts.after(given.get(after));
            double crossing = cuts.crossingElements(cut) * given.find(bytes).orElse(1.0);
            return Variant.split(given.get(name), cuts.headSeconds(cut), Bytes.rounded(crossing), cuts.tailSeconds(cut))
                    .loading(given.find(load).orElse(Duration.ZERO));
        };
    });

    static final Codec<Variant> VARIANT = ChoiceCodec.<Variant>of("a variant")
            .kind("stages", Variant.class, STAGES)
            .kind("local", Variant.class, unwritten -> false, LOCAL)
            .kind("offload", Variant.class, unwritten -> false, OFFLOAD)
            .kind("cut", Variant.class, unwritten -> false, CUT)
            .build();

    private VariantCodec() {}

    private static BoundCostModel model(DeviceSpec device) {
        return CostModel.builtIn().bind(device, OperatingPoint.nominal());
    }

    /** What a network says is gone once it is read: variants are written by their times. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // it returns nothing, so any type will do
    private static <T> T byItsTimes(Variant variant) {
        throw new IllegalStateException("variant (" + variant.name() + ") is written by its times");
    }
}
