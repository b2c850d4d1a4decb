package org.motleysim.workloads.federated.population;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** FLASH's event lines. What a phone did before its first event of a kind is not known, and counts as not available. */
final class FlashEventsFile {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final Set<String> OTHER = Set.of("battery_low", "battery_okay", "phone_on", "phone_off");
    private static final Set<String> NO_WIFI = Set.of("2g", "3g", "4g", "5g", "unknown");
    private static final long NANOS = 1_000_000_000L;

    private final Path file;
    private final TraceProblems problems;
    private final Map<String, Phone> phones = new LinkedHashMap<>();

    FlashEventsFile(Path file) {
        this.file = file;
        this.problems = new TraceProblems(file);
    }

    List<TraceHours.Device> read() {
        try {
            if (file.toString().endsWith(".json")) {
                JsonNode root = new ObjectMapper().readTree(Files.newBufferedReader(file));
                root.properties().forEach(entry -> {
                    String[] lines = entry.getValue().path("messages").asText().split("\n", -1);
                    for (int i = 0; i < lines.length; i++) {
                        line("$." + entry.getKey() + ".messages, line " + (i + 1), entry.getKey(), lines[i]);
                    }
                });
            } else {
                List<String> lines = Files.readAllLines(file);
                for (int i = 0; i < lines.size(); i++) {
                    String[] parts = lines.get(i).split("\t", -1);
                    boolean named = parts.length == 3;
                    line(
                            "line " + (i + 1),
                            named ? parts[0].strip() : "device",
                            named ? parts[1] + "\t" + parts[2] : lines.get(i));
                }
            }
        } catch (IOException e) {
            problems.add("", "cannot be read: " + e);
        }
        List<TraceHours.Device> devices = new ArrayList<>();
        phones.forEach((name, phone) -> {
            if (phone.last > phone.first) {
                devices.add(phone.device(name));
            }
        });
        if (devices.isEmpty() && problems.isEmpty()) {
            problems.add("", "must have at least one device with two events at different times");
        }
        problems.throwIfAny();
        return devices;
    }

    private void line(String place, String name, String line) {
        if (line.isBlank()) {
            return;
        }
        String[] parts = line.strip().split("\t", -1);
        if (parts.length != 2) {
            problems.add(place, "(" + line.strip() + ") must be a time, a tab and an event");
            return;
        }
        long seconds;
        try {
            seconds = LocalDateTime.parse(parts[0].strip(), TIME).toEpochSecond(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            problems.add(place, "(" + parts[0].strip() + ") must be a time such as 2020-02-03 21:07:13");
            return;
        }
        String event = parts[1].strip().toLowerCase(Locale.ROOT);
        Phone phone = phones.computeIfAbsent(name, unused -> new Phone(seconds));
        if (seconds < phone.last) {
            problems.add(place, "(" + parts[0].strip() + ") must not be before the line before it");
        } else if (!phone.event(seconds, event)) {
            problems.add(
                    place,
                    "event (" + event
                            + ") must be one of battery_charged_on, battery_charged_off, screen_on, screen_off, "
                            + "screen_lock, screen_unlock, wifi, "
                            + String.join(", ", NO_WIFI.stream().sorted().toList()) + ", "
                            + String.join(", ", OTHER.stream().sorted().toList())
                            + ", or a battery level such as 82.0%");
        }
    }

    /** What is known of a phone, and since when it has been available. */
    private static final class Phone {
        private final long first;
        private final List<Long> edges = new ArrayList<>();
        private long last;
        private boolean screenOff;
        private boolean locked;
        private boolean charging;
        private boolean wifi;

        Phone(long first) {
            this.first = first;
            this.last = first;
        }

        boolean event(long seconds, String event) {
            switch (event) {
                case "battery_charged_on" -> charging = true;
                case "battery_charged_off" -> charging = false;
                case "screen_off" -> screenOff = true;
                case "screen_on" -> screenOff = false;
                case "screen_lock" -> locked = true;
                case "screen_unlock" -> locked = false;
                case "wifi" -> wifi = true;
                default -> {
                    if (NO_WIFI.contains(event)) {
                        wifi = false;
                    } else if (!OTHER.contains(event) && !event.endsWith("%")) {
                        return false;
                    }
                }
            }
            last = seconds;
            boolean on = (screenOff || locked) && charging && wifi;
            boolean wasOn = edges.size() % 2 != 0;
            long nanos = (seconds - first) * NANOS;
            if (on != wasOn) {
                if (!edges.isEmpty() && edges.get(edges.size() - 1) == nanos) {
                    edges.remove(edges.size() - 1); // back within the same second
                } else {
                    edges.add(nanos);
                }
            }
            return true;
        }

        TraceHours.Device device(String name) {
            long period = (last - first) * NANOS;
            if (edges.size() % 2 != 0) {
                if (edges.get(edges.size() - 1) == period) {
                    edges.remove(edges.size() - 1);
                } else {
                    edges.add(period);
                }
            }
            return new TraceHours.Device(
                    name, edges.stream().mapToLong(Long::longValue).toArray(), period);
        }
    }
}
