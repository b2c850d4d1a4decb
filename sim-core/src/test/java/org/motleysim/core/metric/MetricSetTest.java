package org.motleysim.core.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class MetricSetTest {
    private static MetricSet sample() {
        return MetricSet.builder()
                .put("ttft.p99", 0.4, "s")
                .put("ttft.mean", 0.1, "s")
                .put("goodput", 11, "1/s")
                .build();
    }

    @Test
    void names_keepTheOrderOfPutting() {
        assertEquals(List.of("ttft.p99", "ttft.mean", "goodput"), sample().names());
        assertEquals(
                sample().stream().toList().iterator().next(),
                sample().iterator().next());
    }

    @Test
    void value_unknown_namesTheNearest() {
        String message = refusal(() -> sample().value("ttft.p90"));
        assertTrue(message.contains("Maybe \"ttft.p99\""), message);
        assertEquals(Optional.empty(), sample().find("nothing"));
        assertEquals("s", sample().unit("ttft.mean"));
    }

    @Test
    void put_nan_isLeftOut() {
        assertEquals(
                0, MetricSet.builder().put("tpot.mean", Double.NaN, "s").build().size());
    }

    @Test
    void put_wrong_isRefused() {
        var builder = MetricSet.builder().put("a", 1, "1");
        assertThrows(IllegalArgumentException.class, () -> builder.put("a", 1, "1"));
        assertThrows(IllegalArgumentException.class, () -> builder.put("b", Double.POSITIVE_INFINITY, "1"));
        assertThrows(IllegalArgumentException.class, () -> builder.put("c", 1, " "));
    }

    @Test
    void build_thenPutMore_leavesTheFirstUnchanged() {
        var builder = MetricSet.builder().put("a", 1, "1");
        MetricSet first = builder.build();
        builder.put("b", 2, "1");
        assertEquals(1, first.size());
        assertNotEquals(first, builder.build());
    }

    @Test
    void putAll_prefixes() {
        var both = MetricSet.builder()
                .putAll("chat.", sample())
                .putAll("code.", sample())
                .build();
        assertEquals(0.4, both.value("code.ttft.p99"));
        assertEquals(6, both.size());
        assertEquals(sample(), sample());
        assertEquals(sample().hashCode(), sample().hashCode());
    }

    @Test
    void series_arrays_areCopied() {
        double[] values = {1};
        var series = new Series("x", "1", new double[] {0}, values);
        values[0] = 2;
        series.values()[0] = 3;
        assertEquals(1, series.values()[0]);
        assertThrows(IllegalArgumentException.class, () -> new Cdf("x", "1", new double[1], new double[2]));
    }

    private static String refusal(Executable call) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
