package org.motleysim.workloads.scenario;

import org.motleysim.core.quantity.Bytes;
import org.motleysim.workloads.graph.Flow;

/** Work with branches and loops. */
final class FlowCodec {
    private static final RecordCodec<Flow.Way> WAY = RecordCodec.of("a way of a branch", fields -> {
        var weight = fields.required(
                "weight",
                ScalarCodec.number(NumberRange.positive()),
                Flow.Way::weight,
                "Its share among all ways of the branch");
        var flow = fields.required("flow", Codec.later(FlowCodec::flow), Flow.Way::flow, "What is done");
        return given -> new Flow.Way(given.get(weight), given.get(flow));
    });

    static final Codec<Flow> FLOW = ChoiceCodec.<Flow>of("a flow")
            .kind("step", Flow.Step.class, RecordCodec.of("a step", fields -> {
                var task = fields.required("task", GraphCodec.TASK, Flow.Step::task, "What is done");
                var sends = fields.optional(
                        "sends",
                        GraphCodec.BYTES,
                        Bytes.of(0),
                        Flow.Step::sends,
                        "What goes to each task that follows it; nothing by default");
                return given -> new Flow.Step(given.get(task), given.find(sends).orElse(Bytes.of(0)));
            }))
            .kind("sequence", Flow.Sequence.class, RecordCodec.of("flows one after the other", fields -> {
                var parts = fields.required(
                        "parts",
                        new ListCodec<>(Codec.later(FlowCodec::flow), 0),
                        Flow.Sequence::parts,
                        "In their order; empty for nothing to do");
                return given -> new Flow.Sequence(given.get(parts));
            }))
            .kind("parallel", Flow.Parallel.class, RecordCodec.of("flows beside each other", fields -> {
                var parts = fields.required(
                        "parts",
                        new ListCodec<>(Codec.later(FlowCodec::flow), 1),
                        Flow.Parallel::parts,
                        "What follows waits for all of them");
                return given -> new Flow.Parallel(given.get(parts));
            }))
            .kind("branch", Flow.Branch.class, RecordCodec.of("one of several flows", fields -> {
                var ways = fields.required(
                        "ways", new ListCodec<>(WAY, 1), Flow.Branch::ways, "Of which one is taken, by weight");
                return given -> new Flow.Branch(given.get(ways));
            }))
            .kind("loop", Flow.Loop.class, RecordCodec.of("a flow that is repeated", fields -> {
                var body = fields.required(
                        "body", Codec.later(FlowCodec::flow), Flow.Loop::body, "What is done, at least once");
                var again = fields.required(
                        "again",
                        ScalarCodec.number(NumberRange.share()),
                        Flow.Loop::again,
                        "Probability of another time, 0 to 1");
                var most = fields.required(
                        "most", ScalarCodec.integer(1), Flow.Loop::most, "Times in all, if it never stops before");
                return given -> new Flow.Loop(given.get(body), given.get(again), given.get(most));
            }))
            .build();

    private FlowCodec() {}

    private static Codec<Flow> flow() {
        return FLOW;
    }
}
