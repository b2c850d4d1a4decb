package org.motleysim.core.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Notices an instant that does not end: events which keep scheduling events with zero delay. Until the limit is reached
 * it only counts. Then it lets a sample of events pass to learn their labels, and fails with what it saw.
 */
final class InstantGuard {

    private static final int SAMPLE = 1_000;
    private static final int NAMED = 10;

    private final long limit;
    private final Map<String, Integer> labels = new LinkedHashMap<>();
    private long count;

    InstantGuard(long limit) {
        this.limit = limit;
    }

    /** Called before each event, with the time of the event before it. */
    void check(long last, long time, String label) {
        if (time != last) {
            // A store for every event would cost more than looking.
            if (count != 0) {
                count = 0;
            }
        } else if (++count >= limit) {
            overdue(time, label);
        }
    }

    private void overdue(long time, String label) {
        if (count == limit) {
            labels.clear();
        }
        labels.merge(label, 1, Integer::sum);
        if (count >= limit + SAMPLE) {
            count = 0;
            throw new SimulationException(time, label, message(time), null);
        }
    }

    private String message(long time) {
        String seen = labels.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(NAMED)
                .map(entry -> "'" + entry.getKey() + "' (" + entry.getValue() + ")")
                .collect(Collectors.joining(", "));
        return "the instant " + SimTime.format(time) + " does not end: more than " + limit
                + " events ran at it. The last " + (SAMPLE + 1) + " were " + seen + ".\n"
                + "Maybe two events keep scheduling each other with zero delay? Otherwise raise eventsPerInstant.";
    }
}
