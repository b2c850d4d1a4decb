package org.motleysim.core.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Streams the JSON object form of the Chrome trace event format ("Trace Event Format", Google, 2016), which Perfetto reads too.
 *
 * <p>A process of the format is a group of rows, a thread one row. Times are microseconds there; nanoseconds are written as three
 * decimals, without passing through a {@code double}. Closing ends all open brackets, so a run that failed half-way leaves valid JSON
 * as long as the sink is closed.
 */
final class ChromeTrace implements TraceSink {
    private record Track(int process, int thread) {}

    private final JsonGenerator json;
    private final Map<String, Map<String, Integer>> numbers = new LinkedHashMap<>();
    private final List<Track> tracks = new ArrayList<>();

    ChromeTrace(OutputStream out) throws IOException {
        // Jackson's own double writer: Double.toString prints other digits before JDK 19 than after.
        json = JsonFactory.builder()
                .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                .build()
                .createGenerator(new BufferedOutputStream(out, 1 << 16));
        json.writeStartObject();
        json.writeStringField("displayTimeUnit", "ns");
        json.writeArrayFieldStart("traceEvents");
    }

    @Override
    public boolean enabled() {
        return true;
    }

    @Override
    public int track(String process, String thread) {
        boolean newProcess = !numbers.containsKey(process);
        Map<String, Integer> threads = numbers.computeIfAbsent(process, name -> new LinkedHashMap<>());
        Integer known = threads.get(thread);
        if (known != null) {
            return known;
        }
        int number = tracks.size();
        int processNumber = newProcess
                ? numbers.size()
                : tracks.get(threads.values().iterator().next()).process;
        threads.put(thread, number);
        tracks.add(new Track(processNumber, threads.size()));
        if (newProcess) {
            name(number, "process_name", process);
        }
        name(number, "thread_name", thread);
        return number;
    }

    @Override
    public void span(int track, String name, long startNanos, long durationNanos) {
        check(track, name, startNanos);
        check(track, name, durationNanos);
        try {
            begin("X", track, name);
            microseconds("ts", startNanos);
            microseconds("dur", durationNanos);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void instant(int track, String name, long nanos) {
        check(track, name, nanos);
        try {
            begin("i", track, name);
            microseconds("ts", nanos);
            json.writeStringField("s", "t");
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void counter(int track, String name, long nanos, double value) {
        check(track, name, nanos);
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("counter " + name + " (" + value + ") must be finite");
        }
        try {
            begin("C", track, name);
            microseconds("ts", nanos);
            json.writeObjectFieldStart("args");
            json.writeNumberField("value", value);
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        json.close();
    }

    private void name(int track, String kind, String name) {
        try {
            begin("M", track, kind);
            json.writeObjectFieldStart("args");
            json.writeStringField("name", name);
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Before the first bracket: an event is written whole or not at all. */
    private void check(int track, String name, long nanos) {
        if (track < 0 || track >= tracks.size()) {
            throw new IllegalArgumentException("track (" + track + ") must come from track(process, thread)");
        }
        if (nanos < 0) {
            throw new IllegalArgumentException("time of " + name + " (" + nanos + " ns) must be zero or more");
        }
    }

    private void begin(String phase, int track, String name) throws IOException {
        json.writeStartObject();
        json.writeStringField("ph", phase);
        json.writeNumberField("pid", tracks.get(track).process);
        json.writeNumberField("tid", tracks.get(track).thread);
        json.writeStringField("name", name);
    }

    private void microseconds(String field, long nanos) throws IOException {
        String fraction = Long.toString(1000 + nanos % 1000).substring(1);
        json.writeFieldName(field);
        json.writeNumber(nanos / 1000 + "." + fraction);
    }
}
