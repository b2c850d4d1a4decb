package org.motleysim.workloads.federated;

import java.util.Optional;
import org.motleysim.core.quantity.Bytes;

/**
 * What goes over the network in one task.
 *
 * @param down what a client downloads: the model, or the part that it needs
 * @param up what it uploads, before compression
 * @param compression of the upload
 * @param secureAggregation that hides each update from the server
 */
public record Payload(
        Bytes down, Bytes up, Optional<Compression> compression, Optional<SecureAggregation> secureAggregation) {
    /** Returns a payload without compression, in the clear. */
    public static Payload of(Bytes down, Bytes up) {
        return new Payload(down, up, Optional.empty(), Optional.empty());
    }

    /**
     * Compression of an update.
     *
     * @param ratio of bytes before to bytes after, at least 1
     * @param flopsPerByte that packing costs a client, for each byte before; zero or more
     * @param serverFlopsPerByte that unpacking costs the server, for each byte before; zero or more
     */
    public record Compression(double ratio, double flopsPerByte, double serverFlopsPerByte) {
        /** @throws IllegalArgumentException if a number is out of range */
        public Compression {
            if (!(ratio >= 1 && ratio < Double.POSITIVE_INFINITY && flopsPerByte >= 0 && serverFlopsPerByte >= 0)) {
                throw new IllegalArgumentException("ratio (" + ratio + ") must be at least 1, flopsPerByte ("
                        + flopsPerByte + ") and serverFlopsPerByte (" + serverFlopsPerByte + ") zero or more");
            }
        }
    }

    /** Returns the bytes of an upload as sent, in a cohort of so many clients. */
    long sentUp(int cohort) {
        double packed = up.value() / compression.map(Compression::ratio).orElse(1.0);
        double bytes = secureAggregation
                .map(secure -> secure.clientBytes(packed, cohort))
                .orElse(packed);
        return (long) Math.ceil(bytes);
    }

    /** Returns what packing and masking cost a client, in operations. */
    double clientFlops(int cohort) {
        double packing = compression.map(each -> each.flopsPerByte * up.value()).orElse(0.0);
        double packed = up.value() / compression.map(Compression::ratio).orElse(1.0);
        return packing
                + secureAggregation
                        .map(secure -> secure.clientFlops(packed, cohort))
                        .orElse(0.0);
    }

    /** Returns what unpacking and unmasking cost the server, in operations. */
    double serverFlops(int arrived, int cohort) {
        double unpacking = compression
                .map(each -> each.serverFlopsPerByte * up.value() * arrived)
                .orElse(0.0);
        double packed = up.value() / compression.map(Compression::ratio).orElse(1.0);
        return unpacking
                + secureAggregation
                        .map(secure -> secure.serverFlops(packed, arrived, cohort))
                        .orElse(0.0);
    }
}
