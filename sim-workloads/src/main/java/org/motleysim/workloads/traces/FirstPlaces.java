package org.motleysim.workloads.traces;

import java.util.HashMap;
import java.util.Map;

/** Where each number of a block was seen first: after which other, at which position. */
final class FirstPlaces {
    private final Map<Integer, Long> places = new HashMap<>();

    /** Whether a number is where it was the first time. */
    boolean holds(int number, int position, int before) {
        long place = (long) position << 32 | (before & 0xFFFF_FFFFL);
        Long first = places.putIfAbsent(number, place);
        return first == null || first == place;
    }
}
