package org.motleysim.examples.serving;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.math3.analysis.interpolation.LinearInterpolator;
import org.apache.commons.math3.analysis.polynomials.PolynomialSplineFunction;
import org.motleysim.hardware.device.Shape;

/** All-reduces of the engines themselves, in captured graphs, as measured; between sizes on a line, beyond the largest in proportion. */
final class EngineAllReduces {
    private static final int BYTES_PER_ELEMENT = 2;

    private record Key(String system, String engine, int ranks) {}

    private final Map<Key, PolynomialSplineFunction> curves = new HashMap<>();

    private EngineAllReduces() {}

    static EngineAllReduces read(Path file) {
        Map<Key, SortedMap<Double, Double>> seconds = new HashMap<>();
        for (Map<String, String> row : Rows.of(file)) {
            if (!row.getOrDefault("kernel", "").endsWith("eager")) {
                Key key = new Key(
                        row.getOrDefault("system", ""),
                        row.getOrDefault("framework", ""),
                        Integer.parseInt(row.getOrDefault("gpus", "0")));
                seconds.computeIfAbsent(key, none -> new TreeMap<>())
                        .put(
                                BYTES_PER_ELEMENT * Double.parseDouble(row.getOrDefault("message_elems", "0")),
                                1e-3 * Double.parseDouble(row.getOrDefault("latency_ms", "0")));
            }
        }
        EngineAllReduces all = new EngineAllReduces();
        seconds.forEach((key, points) -> all.curves.put(
                key,
                new LinearInterpolator()
                        .interpolate(
                                points.keySet().stream()
                                        .mapToDouble(Double::doubleValue)
                                        .toArray(),
                                points.values().stream()
                                        .mapToDouble(Double::doubleValue)
                                        .toArray())));
        return all;
    }

    /** Seconds; infinite where nothing was measured. */
    double seconds(String system, String engine, Shape.Message message) {
        PolynomialSplineFunction curve = curves.get(new Key(system, engine, message.ranks()));
        if (curve == null) {
            return Double.POSITIVE_INFINITY;
        }
        double[] sizes = curve.getKnots();
        double least = sizes[0];
        double most = sizes[sizes.length - 1];
        if (message.bytes() > most) {
            return curve.value(most) * message.bytes() / most;
        }
        return curve.value(Math.max(least, message.bytes()));
    }
}
