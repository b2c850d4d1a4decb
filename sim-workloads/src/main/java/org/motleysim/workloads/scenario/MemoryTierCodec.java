package org.motleysim.workloads.scenario;

import static org.motleysim.workloads.scenario.ScalarCodec.BANDWIDTH;
import static org.motleysim.workloads.scenario.ScalarCodec.BYTES;
import static org.motleysim.workloads.scenario.ScalarCodec.DURATION;
import static org.motleysim.workloads.scenario.ScalarCodec.ENERGY;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.motleysim.hardware.catalog.TierCatalog;
import org.motleysim.hardware.device.MemoryKind;
import org.motleysim.hardware.device.MemoryTier;

/** A memory tier: its name in the catalogue, or an object that says all of it, or what differs from one of the catalogue. */
final class MemoryTierCodec implements Codec<MemoryTier> {
    private static final ScalarCodec<MemoryTier> NAMED = ScalarCodec.named(
            "a memory tier of the catalogue",
            TierCatalog.builtIn().names().stream()
                    .map(TierCatalog.builtIn()::tier)
                    .toList(),
            MemoryTier::name);

    private static final RecordCodec<MemoryTier> OBJECT = RecordCodec.of("a memory tier", fields -> {
        var base = fields.optional(
                "tier", NAMED, tier -> Optional.empty(), "A tier of the catalogue that this one is like");
        var count = fields.optional(
                "count",
                ScalarCodec.integer(1),
                1,
                tier -> 1,
                "How many of them side by side, data striped over them: channels, drives; 1 by default");
        var name = fields.optional(
                "name",
                ScalarCodec.text(),
                tier -> Optional.of(tier.name()),
                "Name for workloads and reports; by default that of the catalogue");
        var kind = fields.optional(
                "kind",
                ScalarCodec.named("a kind of memory", List.of(MemoryKind.values()), MemoryKind::label),
                tier -> Optional.of(tier.kind()),
                "What it is made of");
        var capacity = fields.optional(
                "capacity", BYTES, tier -> Optional.of(tier.capacity()), "Bytes that can be used, of one");
        var bandwidth = fields.optional(
                "bandwidth", BANDWIDTH, tier -> Optional.of(tier.bandwidth()), "Peak of reading, of one");
        var writeBandwidth = fields.optional(
                "writeBandwidth",
                BANDWIDTH,
                MemoryTier::writeBandwidth,
                "Peak of writing beside reading, of one; by default both share one bus");
        var latency = fields.optional(
                "latency",
                DURATION,
                tier -> Optional.of(tier.latency()).filter(time -> !time.isZero()),
                "From asking for the first byte to its arrival; none by default");
        var granularity = fields.optional(
                "granularity",
                BYTES,
                tier -> Optional.of(tier.granularity()).filter(bytes -> bytes.value() > 1),
                "Bytes of the smallest access, to which all are rounded up; 1 by default");
        var operation = fields.optional(
                "operation",
                BYTES,
                tier -> Optional.of(tier.operation()).filter(bytes -> !bytes.equals(tier.granularity())),
                "Bytes that one operation of a long movement asks for; the granularity by default");
        var queueDepth = fields.optional(
                "queueDepth",
                ScalarCodec.integer(1),
                MemoryTier.UNLIMITED,
                MemoryTier::queueDepth,
                "Operations that may be outstanding, of one; no limit by default");
        var energy = fields.optional(
                "energyPerByte",
                ENERGY,
                MemoryTier::energyPerByte,
                "Energy of a byte read or written; unknown by default");
        return given -> {
            List<String> missing = new ArrayList<>();
            if (given.find(base).isEmpty()) {
                List.of(name, kind, capacity, bandwidth).forEach(field -> {
                    if (given.find(field).isEmpty()) {
                        missing.add(field.name());
                    }
                });
            }
            if (!missing.isEmpty()) {
                throw new IllegalArgumentException("a memory tier without \"tier\" must have "
                        + String.join(", ", missing) + "\nMaybe {\"tier\": \"ddr5-4800-64gb\", \"count\": 8}.");
            }
            MemoryTier.Builder tier = given.find(base)
                    .map(MemoryTier::toBuilder)
                    .orElseGet(() -> MemoryTier.builder(
                            given.get(name), given.get(kind), given.get(capacity), given.get(bandwidth)));
            given.find(name).ifPresent(tier::name);
            given.find(kind).ifPresent(tier::kind);
            given.find(capacity).ifPresent(tier::capacity);
            given.find(bandwidth).ifPresent(tier::bandwidth);
            given.find(writeBandwidth).ifPresent(tier::writeBandwidth);
            given.find(latency).ifPresent(tier::latency);
            given.find(granularity).ifPresent(tier::granularity);
            given.find(operation).ifPresent(tier::operation);
            given.find(queueDepth).ifPresent(tier::queueDepth);
            given.find(energy).ifPresent(tier::energyPerByte);
            return tier.build().times(given.find(count).orElse(1));
        };
    });

    @Override
    public Optional<MemoryTier> read(Node node, Reading reading) {
        if (node instanceof Node.Text) {
            return NAMED.read(node, reading);
        }
        return OBJECT.read(node, reading);
    }

    @Override
    public JsonNode write(MemoryTier tier) {
        boolean known = TierCatalog.builtIn().find(tier.name()).equals(Optional.of(tier));
        return known ? NAMED.write(tier) : OBJECT.write(tier);
    }

    @Override
    public ObjectNode schema(SchemaDefinitions definitions) {
        return definitions.reference("memory-tier", () -> {
            ObjectNode schema = JsonNodeFactory.instance.objectNode();
            schema.putArray("anyOf").add(NAMED.schema(definitions)).add(OBJECT.schema(definitions));
            return schema;
        });
    }
}
