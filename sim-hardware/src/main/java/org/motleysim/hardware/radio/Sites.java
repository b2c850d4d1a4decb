package org.motleysim.hardware.radio;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The cells of a region.
 *
 * @param cells one or more, with names of their own
 * @param origin where the map begins, if it lies somewhere on Earth
 * @param file they were read from, if they were
 */
public record Sites(List<Cell> cells, Optional<Position.Origin> origin, Optional<Path> file) {
    /** @throws IllegalArgumentException if there is no cell, or two have one name */
    public Sites {
        cells = List.copyOf(cells);
        if (cells.isEmpty()) {
            throw new IllegalArgumentException("cells must be one or more");
        }
        if (cells.stream().map(Cell::name).distinct().count() < cells.size()) {
            throw new IllegalArgumentException(
                    "cells (" + cells.stream().map(Cell::name).toList() + ") must have names of their own");
        }
    }

    /** Returns cells on a map of one's own. */
    public static Sites of(Cell... cells) {
        return new Sites(List.of(cells), Optional.empty(), Optional.empty());
    }

    /**
     * Reads cells from a CSV file with the columns {@code x} and {@code y} in metres, or {@code latitude} and {@code longitude} in degrees, and
     * {@code name} or {@code id}; other columns are left alone. With degrees the map begins at the first cell.
     *
     * @throws IllegalArgumentException naming file and line, if the file is missing or something in it is wrong
     */
    public static Sites read(Path file) {
        MapFile table = MapFile.read(file);
        List<Cell> cells = new ArrayList<>();
        Optional<Position.Origin> origin = table.firstOrigin();
        for (MapFile.Row row : table.rows()) {
            cells.add(new Cell(row.name(), row.position(origin)));
        }
        return new Sites(cells, origin, Optional.of(file));
    }

    /** Returns the cell nearest to a point, the first of several; an index of {@link #cells}. */
    public int nearest(Position to) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < cells.size(); i++) {
            double metres = cells.get(i).position().metresTo(to);
            if (metres < least) {
                least = metres;
                best = i;
            }
        }
        return best;
    }

    /** Returns how far a point is from a cell, in metres. */
    public double metres(int cell, Position from) {
        return cells.get(cell).position().metresTo(from);
    }
}
