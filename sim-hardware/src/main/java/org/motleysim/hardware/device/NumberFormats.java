package org.motleysim.hardware.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.motleysim.core.name.NearestName;

/**
 * The number formats that names stand for: the built-in ones, those of the user, and those whose name says what they are
 * ({@code "int3"}, {@code "uint5"}, {@code "e3m4"}, {@code "int4-b128s16"}). Immutable.
 *
 * <pre>{@code
 * NumberFormats formats = NumberFormats.builtIn().with(Path.of("my-formats.json"));
 * double bits = formats.get("my-fp5").bitsPerElement();
 * }</pre>
 */
public final class NumberFormats {
    private static final NumberFormats BUILT_IN =
            new NumberFormats(NumberFormat.builtIn(), FormatFile.builtInAliases());

    private final Map<String, NumberFormat> byName = new LinkedHashMap<>();
    private final Map<String, String> aliases;

    private NumberFormats(Collection<NumberFormat> formats, Map<String, String> aliases) {
        formats.forEach(format -> byName.put(format.label(), format));
        this.aliases = aliases;
    }

    /** Returns the formats that come with Motley. */
    public static NumberFormats builtIn() {
        return BUILT_IN;
    }

    /**
     * Returns these formats and some more.
     *
     * @throws IllegalArgumentException if a name stands for another format already, telling all of them
     */
    public NumberFormats with(List<NumberFormat> own) {
        List<NumberFormat> all = new ArrayList<>(byName.values());
        Map<String, NumberFormat> seen = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (NumberFormat format : own) {
            Optional<NumberFormat> known =
                    Optional.ofNullable(seen.get(format.label())).or(() -> find(format.label()));
            if (known.isEmpty()) {
                all.add(format);
                seen.put(format.label(), format);
            } else if (!known.get().equals(format)) {
                problems.add("format (" + format.label() + ") must not be named like another one\nMaybe \"my-"
                        + format.label() + "\".");
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        return new NumberFormats(all, aliases);
    }

    /**
     * Returns these formats and those of a file, whose form is that of the built-in {@code formats.json}: {@code {"motley-formats": 1,
     * "formats": [{"name": "my-fp5", "element": "e2m2", "block": 16, "scale": "e8"}]}}.
     *
     * @throws IllegalArgumentException telling everything that is wrong with the file
     */
    public NumberFormats with(Path file) {
        try {
            return with(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * The same with the text of a file.
     *
     * @param file its name, for messages
     */
    public NumberFormats with(String file, String json) {
        return with(FormatFile.read(file, json, this));
    }

    /** Returns the text of a file of formats, which {@link #with(Path)} reads. */
    public static String write(List<NumberFormat> formats) {
        return FormatFile.write(formats);
    }

    /** Returns the format of a name; letters may be of either case. */
    public Optional<NumberFormat> find(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return named(wanted).or(() -> FormatText.parse(wanted, this::named).map(this::canonical));
    }

    private Optional<NumberFormat> named(String name) {
        return Optional.ofNullable(byName.get(aliases.getOrDefault(name, name)));
    }

    /** A text that describes a format with a name is that format. */
    private NumberFormat canonical(NumberFormat described) {
        for (NumberFormat format : byName.values()) {
            if (format.isLike(described)) {
                return format;
            }
        }
        return described;
    }

    /**
     * Returns the format of a name.
     *
     * @throws IllegalArgumentException with the nearest name if there is none of that name
     */
    public NumberFormat get(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "format (\"" + name + "\") must be " + allowed() + "\nMaybe " + nearest(name)));
    }

    /** Returns what names there are, as text for messages. */
    public String allowed() {
        return "one of " + String.join(", ", names()) + ", or such as int3, uint5, e3m4, int4-b128s16";
    }

    /** Returns the advice for a name that does not exist: the nearest one. */
    public String nearest(String name) {
        List<String> candidates = new ArrayList<>(names());
        candidates.addAll(aliases.keySet());
        return NearestName.of(name.toLowerCase(Locale.ROOT), candidates)
                .map(nearest -> "\"" + nearest + "\".")
                .orElse("see motley formats.");
    }

    /** Returns all formats with a name, in their order. */
    public List<NumberFormat> all() {
        return List.copyOf(byName.values());
    }

    /** Returns the names of all formats, in their order. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** Returns other names of a format, such as {@code "fp8-e4m3"} for {@code "fp8"}. */
    public List<String> otherNames(NumberFormat format) {
        return aliases.entrySet().stream()
                .filter(alias -> alias.getValue().equals(format.label()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Returns whether a format must be described where files name it: it is neither built in nor described by its name. */
    public static boolean isOwn(NumberFormat format) {
        return !BUILT_IN.find(format.label()).equals(Optional.of(format));
    }
}
