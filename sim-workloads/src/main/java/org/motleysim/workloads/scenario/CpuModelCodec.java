package org.motleysim.workloads.scenario;

import static org.motleysim.workloads.scenario.ScalarCodec.BANDWIDTH;
import static org.motleysim.workloads.scenario.ScalarCodec.DURATION;
import static org.motleysim.workloads.scenario.ScalarCodec.FLAG;

import java.util.List;
import java.util.Optional;
import org.motleysim.hardware.cost.CpuCostModel;
import org.motleysim.hardware.cost.CpuPlacement;
import org.motleysim.hardware.cost.CpuPlacement.Pages;
import org.motleysim.hardware.cost.CpuPlacement.Spread;
import org.motleysim.hardware.device.CpuLayout;

/** The model of processors: where threads run, and what the processor is made of if Motley does not know it. */
final class CpuModelCodec {
    private static final RecordCodec<CpuLayout> LAYOUT = RecordCodec.of("a layout of a processor", fields -> {
        var cores = fields.required("cores", ScalarCodec.integer(1), CpuLayout::cores, "Physical cores of all nodes");
        var nodes = fields.optional("nodes", ScalarCodec.integer(1), 1, CpuLayout::nodes, "Memory nodes; 1 by default");
        var bandwidth = fields.required(
                "nodeBandwidth", BANDWIDTH, CpuLayout::nodeBandwidth, "Peak bandwidth of the memory of one node");
        var remote = fields.optional(
                "remoteBandwidth", BANDWIDTH, CpuLayout::remoteBandwidth, "Into one node from the others");
        var simd = fields.optional(
                "simdBits",
                ScalarCodec.integer(32),
                layout -> layout.simdBits().stream().boxed().findFirst(),
                "Width of a vector register; by default the peak of the device counts");
        var units = fields.optional(
                "fmaUnits",
                ScalarCodec.integer(1),
                1,
                CpuLayout::fmaUnits,
                "Multiply-add units of a core; 1 by default");
        var hertz = fields.optional(
                "vectorGigahertz",
                ScalarCodec.number(NumberRange.positive()),
                layout -> layout.vectorHertz().stream()
                        .mapToObj(value -> value / 1e9)
                        .findFirst(),
                "Clock while the vector units are busy, in GHz; needed with \"simdBits\"");
        var local = fields.optional(
                "localLatency", DURATION, CpuLayout::localLatency, "Of an access to the memory of the own node");
        var far = fields.optional(
                "remoteLatency", DURATION, CpuLayout::remoteLatency, "To that of another; by default the same");
        var lines = fields.optional(
                "linesInFlight",
                ScalarCodec.integer(1),
                layout -> layout.linesInFlight().stream().boxed().findFirst(),
                "Cache lines that one core can have under way; by default one core can fill the memory");
        return given -> {
            var layout = CpuLayout.builder(given.get(cores), given.find(nodes).orElse(1), given.get(bandwidth));
            given.find(remote).ifPresent(layout::remoteBandwidth);
            given.find(simd)
                    .ifPresent(bits -> layout.vectors(
                            bits,
                            given.find(units).orElse(1),
                            given.find(hertz)
                                            .orElseThrow(() -> new IllegalArgumentException(
                                                    "\"vectorGigahertz\" is missing: the clock of the vector units"))
                                    * 1e9));
            given.find(local)
                    .ifPresent(time -> layout.latency(time, given.find(far).orElse(time)));
            given.find(lines).ifPresent(layout::linesInFlight);
            return layout.build();
        };
    });

    static final RecordCodec<CpuCostModel> CPU = RecordCodec.of("the CPU model", fields -> {
        var threads = fields.optional(
                "threads",
                ScalarCodec.integer(1),
                model -> Optional.of(model.placement().threads()).filter(count -> count > 0),
                "Threads that share each kernel; by default as many as cores");
        var spread = fields.optional(
                "spread",
                ScalarCodec.named("a spread of threads", List.of(Spread.values()), Spread::label),
                Spread.SCATTER,
                model -> model.placement().spread(),
                "Which cores threads take; \"scatter\" by default");
        var pages = fields.optional(
                "pages",
                ScalarCodec.named("a placement of pages", List.of(Pages.values()), Pages::label),
                Pages.LOCAL,
                model -> model.placement().pages(),
                "Which node holds the data; \"local\" by default");
        var serial = fields.optional(
                "serialShare",
                ScalarCodec.number(NumberRange.part()),
                0.0,
                CpuCostModel::serial,
                "Share of each kernel that one thread does alone; 0 by default");
        var sustained = fields.optional(
                "sustainedShare",
                ScalarCodec.number(NumberRange.part()),
                CpuCostModel.SUSTAINED_BANDWIDTH,
                CpuCostModel::sustained,
                "Share of the peak bandwidth that memory sustains; 0.8 by default");
        var reached = fields.optional(
                "vectorShare",
                ScalarCodec.number(NumberRange.part()),
                1.0,
                CpuCostModel::reached,
                "Share of the vector units' peak that kernels reach; 1 by default");
        var streaming = fields.optional(
                "streamingStores",
                FLAG,
                false,
                CpuCostModel::hasStreamingStores,
                "Whether stores bypass the caches; false by default");
        var warm = fields.optional(
                "warmCaches",
                FLAG,
                false,
                CpuCostModel::isWarm,
                "Whether the last-level cache still holds what fits into it; false by default");
        var layout = fields.optional(
                "layout",
                LAYOUT,
                CpuCostModel::layout,
                "Cores and memory nodes; by default those Motley knows of the device");
        return given -> {
            CpuCostModel model = given.find(layout)
                    .map(CpuCostModel::of)
                    .orElseGet(CpuCostModel::builtIn)
                    .placed(new CpuPlacement(
                            given.find(threads).orElse(0),
                            given.find(spread).orElse(Spread.SCATTER),
                            given.find(pages).orElse(Pages.LOCAL)))
                    .serial(given.find(serial).orElse(0.0))
                    .sustained(given.find(sustained).orElse(CpuCostModel.SUSTAINED_BANDWIDTH))
                    .reaching(given.find(reached).orElse(1.0));
            model = given.find(streaming).orElse(false) ? model.streamingStores() : model;
            return given.find(warm).orElse(false) ? model.warm() : model;
        };
    });

    private CpuModelCodec() {}
}
