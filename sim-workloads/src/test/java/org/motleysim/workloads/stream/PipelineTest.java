package org.motleysim.workloads.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.motleysim.core.random.RandomStream;
import org.motleysim.core.random.RandomStreams;

class PipelineTest {
    private static Pipeline camera(Filter filter) {
        return new Pipeline(
                "camera",
                List.of(
                        Stage.source("left", 30, 1_000, 1e-9),
                        Stage.source("right", 30, 3_000, 1e-9),
                        new Stage(
                                "detector",
                                List.of("left", "right"),
                                0,
                                500,
                                Operations.perByte(2),
                                1e-6,
                                1e-8,
                                filter),
                        Stage.join("store", List.of("detector"), 0)),
                0.1);
    }

    @Test
    void flow_twoSourcesAndADetector_isWhatTheHandSays() {
        PipelineFlow flow = camera(Filter.rates(0.9, 0.1)).flow();

        // 3 relevant and 27 others a second, of which 2.7 each pass.
        assertEquals(5.4, flow.kept(), 1e-12);
        assertEquals(0.5, flow.precision(), 1e-12);
        assertEquals(0.9, flow.recall(), 1e-12);
        assertEquals(2 * 0.45 / 1.4, flow.f1(), 1e-12);
        // 4,500 bytes, two operations each, a microjoule each, 30 times a second.
        assertEquals(4_500 * 2 * 1e-6 * 30, flow.operationWatts(), 1e-12);
        // Bits of the sources, then of the detector.
        double links = 8 * 1e-9 * 4_000 * 30 + 8 * 1e-8 * 4_500 * 5.4;
        assertEquals(links, flow.linkWatts(), 1e-12);
        assertEquals(flow.operationWatts() + flow.linkWatts(), flow.watts(), 1e-12);
    }

    @Test
    void flow_relevantSamples_areKeptOrRejectedOnce() {
        PipelineFlow flow = camera(Filter.rates(0.3, 0.7)).flow();

        assertEquals(3, flow.keptRelevant() + flow.rejectedRelevant(), 1e-12);
    }

    @Test
    void scores_uniformOfBothKinds_passOneInReductionAtTheKnownThreshold() {
        RandomStream random = RandomStreams.of(7).stream("scores");
        double[] irrelevant = new double[200_000];
        double[] relevant = new double[200_000];
        // Irrelevant from 0 to 1, relevant from 0.5 to 1.5.
        Arrays.setAll(irrelevant, i -> random.nextDouble());
        Arrays.setAll(relevant, i -> 0.5 + random.nextDouble());
        Filter filter = Filter.scores(4, relevant, irrelevant);

        // As many of each: below t in (0.5, 1) lie t and t - 0.5 of them, three quarters of all for t = 1; above that 1
        // and t - 0.5.
        assertEquals(0.5, filter.keepRelevant(1, 1), 5e-3);
        assertEquals(0, filter.keepIrrelevant(1, 1), 5e-3);
        // Nine irrelevant ones for each relevant: 0.9 t + 0.1 (t - 0.5) = 0.75 for t = 0.8.
        assertEquals(0.7, filter.keepRelevant(1, 9), 5e-3);
        assertEquals(0.2, filter.keepIrrelevant(1, 9), 5e-3);
    }

    @Test
    void operations_cubic_isTheSumOfItsTerms() {
        assertEquals(1 + 2 * 10 + 3 * 100 + 4 * 1_000, new Operations(List.of(1.0, 2.0, 3.0, 4.0)).of(10));
    }

    @Test
    void pipeline_manyFaults_areAllTold() {
        List<Stage> stages = List.of(
                Stage.source("a", 1, 1, 0),
                Stage.source("b", 1, 1, 0),
                Stage.join("c", List.of("aa"), 0),
                Stage.join("d", List.of("a", "a"), 0));

        var refusal = assertThrows(IllegalArgumentException.class, () -> new Pipeline("broken", stages, 2));

        String text = String.valueOf(refusal.getMessage());
        assertTrue(text.contains("relevant samples (2.0)"), text);
        assertTrue(text.contains("input (\"aa\") of stage c") && text.contains("Maybe \"a\""), text);
        assertTrue(text.contains("stage (a) must send to one stage only"), text);
        assertTrue(text.contains("stages that send to no other (b, c, d)"), text);
    }
}
