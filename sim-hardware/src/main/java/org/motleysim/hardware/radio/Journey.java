package org.motleysim.hardware.radio;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.motleysim.core.engine.SimTime;

/**
 * Where a station is over time: straight lines between points, at constant speed on each. Before the first point it is there, after the last
 * it stays. Immutable, with equality by its points.
 */
public final class Journey {
    private final List<Waypoint> points;
    private final Optional<Path> file;
    private final Optional<Duration> every;

    /**
     * A point of a journey.
     *
     * @param seconds when it is reached, since the start of the run, zero or more
     * @param position where that is
     */
    public record Waypoint(double seconds, Position position) {
        /** @throws IllegalArgumentException if the time is negative or not finite */
        public Waypoint {
            if (!(seconds >= 0 && seconds < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("time (" + seconds + " s) of a point must be finite, zero or more");
            }
        }
    }

    private Journey(List<Waypoint> points, Optional<Path> file, Optional<Duration> every) {
        this.points = List.copyOf(points);
        this.file = file;
        this.every = every;
        if (points.isEmpty()) {
            throw new IllegalArgumentException("points of a journey must be one or more");
        }
        for (int i = 1; i < points.size(); i++) {
            if (!(points.get(i).seconds > points.get(i - 1).seconds)) {
                throw new IllegalArgumentException("time (" + points.get(i).seconds + " s) of point " + i
                        + " must be after that of the point before (" + points.get(i - 1).seconds + " s)");
            }
        }
    }

    /**
     * Returns a journey through points.
     *
     * @throws IllegalArgumentException if there is no point, or their times do not grow
     */
    public static Journey of(List<Waypoint> points) {
        return new Journey(points, Optional.empty(), Optional.empty());
    }

    /** Returns a station that never moves. */
    public static Journey standing(Position at) {
        return of(List.of(new Waypoint(0, at)));
    }

    /**
     * Reads a journey from a CSV file with the columns {@code x} and {@code y} in metres, or {@code latitude} and {@code longitude} in degrees,
     * and {@code time} in seconds.
     *
     * @param every time from one point to the next, where the file has no column {@code time}
     * @param origin of the map, where the file is in degrees
     * @throws IllegalArgumentException naming file and line, if the file is missing, something in it is wrong, or the file needs what was not
     *     given
     */
    public static Journey read(Path file, Optional<Duration> every, Optional<Position.Origin> origin) {
        MapFile table = MapFile.read(file);
        if (table.firstOrigin().isPresent() && origin.isEmpty()) {
            throw new IllegalArgumentException(file + ": is in degrees, so the map must have an origin"
                    + "\nMaybe give the cells in degrees, too.");
        }
        List<Waypoint> points = new ArrayList<>();
        for (MapFile.Row row : table.rows()) {
            if (row.seconds().isEmpty() && every.isEmpty()) {
                throw new IllegalArgumentException(file + ": has no column time, so \"every\" must be given");
            }
            double seconds = row.seconds().isPresent()
                    ? row.seconds().getAsDouble()
                    : points.size() * SimTime.seconds(SimTime.nanos(every.orElseThrow()));
            points.add(new Waypoint(seconds, row.position(origin)));
        }
        try {
            return new Journey(points, Optional.of(file), every);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    /** Returns its points. */
    public List<Waypoint> points() {
        return points;
    }

    /** Returns the file it was read from, if it was. */
    public Optional<Path> file() {
        return file;
    }

    /** Returns the time between its points, where the file did not say when they are reached. */
    public Optional<Duration> every() {
        return every;
    }

    /** Returns when it reaches its last point, in seconds. */
    public double endSeconds() {
        return points.get(points.size() - 1).seconds;
    }

    /** Returns whether it moves at all. */
    public boolean moves() {
        return points.size() > 1;
    }

    /** Returns where it is. */
    public Position at(double seconds) {
        int low = 0;
        int high = points.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (points.get(middle).seconds <= seconds) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        Waypoint before = points.get(low);
        if (low == points.size() - 1 || seconds <= before.seconds) {
            return before.position;
        }
        Waypoint after = points.get(low + 1);
        return before.position.towards(after.position, (seconds - before.seconds) / (after.seconds - before.seconds));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Journey journey && points.equals(journey.points);
    }

    @Override
    public int hashCode() {
        return points.hashCode();
    }

    @Override
    public String toString() {
        return "Journey[" + points.size() + " points, " + endSeconds() + " s]";
    }
}
