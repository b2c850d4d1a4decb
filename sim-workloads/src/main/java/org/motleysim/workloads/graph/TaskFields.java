package org.motleysim.workloads.graph;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.name.NearestName;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.hardware.collective.Collective;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.KernelFamily;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.device.Shape;

/** Tasks as plain files say them: a row of CSV, or the attributes of a node in DOT. What is blank is not there. */
final class TaskFields {
    /** One of these says what a task is; the first that is there counts. */
    static final List<String> KINDS = List.of("collective", "flop", "runtime_s", "type");

    static final String MEMORY = "memory_bytes";
    static final String SIZE = "size_bytes";

    private static final List<Collective> COLLECTIVES = List.of(
            new Collective.AllReduce(0),
            new Collective.AllGather(0),
            new Collective.ReduceScatter(0),
            new Collective.Broadcast(0),
            new Collective.AllToAll(0),
            new Collective.Barrier(),
            new Collective.SendReceive(0));

    private TaskFields() {}

    /**
     * Makes a task of its fields.
     *
     * @param format in which operations are computed
     * @throws IllegalArgumentException if no field says what it is, or a number is none
     */
    static Task task(String name, Map<String, String> fields, NumberFormat format) {
        String kind = KINDS.stream()
                .filter(each -> !fields.getOrDefault(each, "").isBlank())
                .findFirst()
                .orElse("");
        String value = fields.getOrDefault(kind, "").strip();
        Bytes memory = bytes(MEMORY, fields);
        return switch (kind) {
            case "collective" -> new Task.Collective(name, collective(value, bytes(SIZE, fields)));
            case "flop" ->
                new Task.Compute(
                        name, new Kernel(KernelFamily.GEMM, format, number(kind, value), 0, 0, Shape.NONE), memory);
            case "runtime_s" -> new Task.Recorded(name, Duration.ofNanos(SimTime.nanos(number(kind, value))), memory);
            case "type" -> new Task.Measured(name, value, memory);
            default ->
                throw new IllegalArgumentException("node (" + name + ") must have one of " + String.join(", ", KINDS)
                        + "; it has " + fields.keySet());
        };
    }

    static Collective collective(String name, Bytes size) {
        for (Collective each : COLLECTIVES) {
            if (each.name().equals(name)) {
                return each.withBytes(size.value());
            }
        }
        List<String> names = COLLECTIVES.stream().map(Collective::name).toList();
        throw new IllegalArgumentException("collective (" + name + ") must be one of " + String.join(", ", names)
                + NearestName.of(name, names)
                        .map(nearest -> "\nMaybe \"" + nearest + "\".")
                        .orElse(""));
    }

    private static Bytes bytes(String field, Map<String, String> fields) {
        String text = fields.getOrDefault(field, "");
        if (text.isBlank()) {
            return Bytes.ZERO;
        }
        double value = Math.ceil(number(field, text.strip()));
        if (value > Long.MAX_VALUE / 2.0) {
            throw new IllegalArgumentException(field + " (" + text + ") must be at most " + Long.MAX_VALUE / 2);
        }
        return Bytes.of((long) value);
    }

    static double number(String field, String text) {
        try {
            double value = Double.parseDouble(text);
            if (value >= 0 && value < Double.POSITIVE_INFINITY) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, with what is allowed.
        }
        throw new IllegalArgumentException(field + " (" + text + ") must be a number, zero or more");
    }
}
