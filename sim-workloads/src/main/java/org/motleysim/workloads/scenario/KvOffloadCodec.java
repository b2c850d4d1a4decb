package org.motleysim.workloads.scenario;

import org.motleysim.workloads.llm.KvOffload;

/** The tier below a prefix cache. */
final class KvOffloadCodec {

    static final Codec<KvOffload> KV_OFFLOAD = RecordCodec.of("a KV offload", fields -> {
        var tier = fields.required(
                "tier", ScalarCodec.text(), KvOffload::tier, "Memory tier of the hosts, by its name or kind");
        var capacity =
                fields.required("capacity", ScalarCodec.BYTES, KvOffload::capacity, "What a replica may take of it");
        return given -> new KvOffload(given.get(tier), given.get(capacity));
    });

    private KvOffloadCodec() {}
}
