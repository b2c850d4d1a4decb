package org.motleysim.hardware.power;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.motleysim.core.quantity.Energy;

/**
 * Published energies of operations, of bytes by kind of memory and of bits by kind of link, each with its source; the file is {@code
 * power/energies.csv}. Immutable.
 */
public final class EnergyFacts {
    private final List<Fact> facts;

    /**
     * One published number.
     *
     * @param kind {@code add}, {@code mul}, {@code chip}, {@code memory} or {@code link}
     * @param name a number format, a memory or a link
     * @param process such as {@code 45nm}; empty where it does not matter
     * @param energy of one
     * @param per what: operation, byte or bit
     * @param confidence high, medium or low: how directly the source was read
     * @param source who says so
     */
    public record Fact(
            String kind, String name, String process, Energy energy, String per, String confidence, String source) {}

    private EnergyFacts(List<Fact> facts) {
        this.facts = List.copyOf(facts);
    }

    /** Returns the numbers that come with Motley. */
    public static EnergyFacts builtIn() {
        return Holder.BUILT_IN;
    }

    /** Returns all of them. */
    public List<Fact> all() {
        return facts;
    }

    /** Returns the energy of a byte to or from a kind of memory, such as {@code HBM2}; empty if nobody published it. */
    public Optional<Energy> perMemoryByte(String memory) {
        return find("memory", memory, "");
    }

    /**
     * Returns the energy of a bit over a kind of link, such as {@code nvlink-c2c}.
     *
     * @throws IllegalArgumentException if the link is unknown, naming those that are known
     */
    public Energy perLinkBit(String link) {
        return find("link", link, "")
                .orElseThrow(() -> new IllegalArgumentException("link (" + link + ") must be one of "
                        + facts.stream()
                                .filter(fact -> fact.kind.equals("link"))
                                .map(Fact::name)
                                .toList()));
    }

    Optional<Energy> find(String kind, String name, String process) {
        return facts.stream()
                .filter(fact -> fact.kind.equals(kind) && fact.name.equals(name) && fact.process.equals(process))
                .map(Fact::energy)
                .findFirst();
    }

    private static EnergyFacts read() {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        List<Fact> facts = new ArrayList<>();
        try (InputStream stream =
                        Objects.requireNonNull(EnergyFacts.class.getResourceAsStream("energies.csv"), "energies.csv");
                CSVParser rows = CSVParser.builder()
                        .setReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
                        .setFormat(format)
                        .get()) {
            for (CSVRecord row : rows) {
                facts.add(new Fact(
                        row.get("kind"),
                        row.get("name"),
                        row.get("process"),
                        Energy.picojoules(Double.parseDouble(row.get("picojoules"))),
                        row.get("per"),
                        row.get("confidence"),
                        row.get("source")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new EnergyFacts(facts);
    }

    /** Reads the file when first asked. */
    private static final class Holder {
        private static final EnergyFacts BUILT_IN = read();
    }
}
