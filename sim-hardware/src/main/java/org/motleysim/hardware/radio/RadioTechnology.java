package org.motleysim.hardware.radio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Durations;

/**
 * A radio technology as one station sees it that is alone.
 *
 * @param name for files
 * @param bandwidth of the medium, more than zero
 * @param latency before the first byte, one way
 * @param sendNanojoulesPerBit that a station spends on a bit it sends, zero or more
 * @param receiveNanojoulesPerBit that a station spends on a bit it receives, zero or more
 * @param source where the numbers are from
 */
public record RadioTechnology(
        String name,
        Bandwidth bandwidth,
        Duration latency,
        double sendNanojoulesPerBit,
        double receiveNanojoulesPerBit,
        String source) {
    /** @throws IllegalArgumentException if the bandwidth is zero or another number negative */
    public RadioTechnology {
        if (bandwidth.bytesPerSecond() == 0) {
            throw new IllegalArgumentException("bandwidth (" + bandwidth + ") must be more than zero");
        }
        if (latency.isNegative()) {
            throw new IllegalArgumentException("latency (" + latency + ") must be zero or more");
        }
        if (!(sendNanojoulesPerBit >= 0 && receiveNanojoulesPerBit >= 0)) {
            throw new IllegalArgumentException("nanojoules per bit (" + sendNanojoulesPerBit + ", "
                    + receiveNanojoulesPerBit + ") must be zero or more");
        }
    }

    /** Returns the technologies that come with Motley, each with its source. */
    public static List<RadioTechnology> builtIn() {
        return Holder.BUILT_IN;
    }

    /**
     * Returns one of them by its name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static RadioTechnology builtIn(String name) {
        return builtIn().stream()
                .filter(technology -> technology.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("technology (" + name + ") must be one of "
                        + builtIn().stream().map(RadioTechnology::name).toList()));
    }

    private static final class Holder {
        static final List<RadioTechnology> BUILT_IN = read();

        private Holder() {}

        private static List<RadioTechnology> read() {
            try (InputStream in = Objects.requireNonNull(
                    RadioTechnology.class.getResourceAsStream("technologies.json"), "technologies.json")) {
                List<RadioTechnology> all = new ArrayList<>();
                for (JsonNode row : new ObjectMapper().readTree(in).path("technologies")) {
                    all.add(new RadioTechnology(
                            row.path("name").asText(),
                            Bandwidth.parse(row.path("bandwidth").asText()),
                            Durations.parse(row.path("latency").asText()),
                            row.path("sendNanojoulesPerBit").asDouble(),
                            row.path("receiveNanojoulesPerBit").asDouble(),
                            row.path("source").asText()));
                }
                return List.copyOf(all);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
