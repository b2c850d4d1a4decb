package org.motleysim.hardware.catalog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.Durations;
import org.motleysim.core.quantity.Energy;
import org.motleysim.hardware.device.MemoryTier;

/** What a memory tier may say beside its capacity and bandwidth, in files of devices and of tiers. */
final class TierFields {
    /** The fields, in their order. */
    static final List<String> NAMES =
            List.of("writeBandwidth", "latency", "granularity", "operation", "queueDepth", "energyPerByte");

    private TierFields() {}

    /**
     * Reads the fields that are there.
     *
     * @param text returns the text of a field and notes its source
     */
    static void read(JsonFields tier, MemoryTier.Builder memory, UnaryOperator<String> text) {
        if (tier.has("writeBandwidth")) {
            memory.writeBandwidth(parsed(tier, "writeBandwidth", text, Bandwidth::parse));
        }
        if (tier.has("latency")) {
            memory.latency(parsed(tier, "latency", text, Durations::parse));
        }
        if (tier.has("granularity")) {
            memory.granularity(parsed(tier, "granularity", text, Bytes::parse));
        }
        if (tier.has("operation")) {
            memory.operation(parsed(tier, "operation", text, Bytes::parse));
        }
        if (tier.has("queueDepth")) {
            memory.queueDepth(parsed(tier, "queueDepth", text, Integer::parseInt));
        }
        if (tier.has("energyPerByte")) {
            memory.energyPerByte(parsed(tier, "energyPerByte", text, Energy::parse));
        }
    }

    private static <T> T parsed(JsonFields tier, String field, UnaryOperator<String> text, Function<String, T> parser) {
        String written = text.apply(field);
        try {
            return parser.apply(written);
        } catch (IllegalArgumentException e) {
            throw tier.error(tier.pathOf(field), "(\"" + written + "\"): " + e.getMessage());
        }
    }

    /** Returns the fields that differ from those of a tier that only has a capacity and a bandwidth. */
    static Map<String, String> write(MemoryTier tier) {
        Map<String, String> fields = new LinkedHashMap<>();
        tier.writeBandwidth().ifPresent(rate -> fields.put("writeBandwidth", CatalogWriter.text(rate)));
        if (!tier.latency().isZero()) {
            fields.put("latency", Durations.format(tier.latency()));
        }
        if (tier.granularity().value() != 1) {
            fields.put("granularity", CatalogWriter.text(tier.granularity()));
        }
        if (!tier.operation().equals(tier.granularity())) {
            fields.put("operation", CatalogWriter.text(tier.operation()));
        }
        if (tier.queues()) {
            fields.put("queueDepth", String.valueOf(tier.queueDepth()));
        }
        tier.energyPerByte().ifPresent(energy -> fields.put("energyPerByte", CatalogWriter.text(energy)));
        return fields;
    }
}
