package org.motleysim.workloads.scenario;

import java.util.LinkedHashSet;
import java.util.List;
import org.motleysim.workloads.llm.DecodePool;
import org.motleysim.workloads.llm.batching.Batching;
import org.motleysim.workloads.llm.routing.Routing;

/** Devices that only decode. */
final class DecodePoolCodec {

    private DecodePoolCodec() {}

    static Codec<DecodePool> of(Codec<Batching> batchings, Codec<Routing> routings) {
        DecodePool usual = DecodePool.of("any");
        return RecordCodec.of("a decode pool", fields -> {
            var groups = fields.required(
                    "groups",
                    new ListCodec<>(ScalarCodec.text(), 1),
                    pool -> List.copyOf(pool.groups()),
                    "Device groups that decode");
            var tensorParallel = fields.optional(
                    "tensorParallel",
                    ScalarCodec.integer(1),
                    1,
                    DecodePool::tensorParallel,
                    "Devices per replica; 1 by default");
            var batching = fields.optional(
                    "batching",
                    batchings,
                    usual.batching(),
                    DecodePool::batching,
                    "Who is in the next iteration of a replica; continuous by default");
            var routing = fields.optional(
                    "routing",
                    routings,
                    usual.routing(),
                    DecodePool::routing,
                    "Which replica gets a sequence whose prompt is computed; least-outstanding by default");
            var layerWise = fields.optional(
                    "layerWise",
                    ScalarCodec.FLAG,
                    false,
                    DecodePool::layerWise,
                    "Whether keys and values travel layer by layer while a prompt ends; false by default");
            return given -> new DecodePool(
                    new LinkedHashSet<>(given.get(groups)),
                    given.find(tensorParallel).orElse(1),
                    given.find(batching).orElse(usual.batching()),
                    given.find(routing).orElse(usual.routing()),
                    given.find(layerWise).orElse(false));
        });
    }
}
