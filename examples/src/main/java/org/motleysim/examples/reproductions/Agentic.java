package org.motleysim.examples.reproductions;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cost.RooflineCostModel;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.LinkSpec;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.price.PriceModel;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.graph.Flow;
import org.motleysim.workloads.graph.GraphJob;
import org.motleysim.workloads.graph.JobFlow;
import org.motleysim.workloads.graph.Task;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.step.Iteration;
import org.motleysim.workloads.llm.step.IterationCost;
import org.motleysim.workloads.llm.step.IterationResult;
import org.motleysim.workloads.llm.step.StepModel;
import org.motleysim.workloads.scenario.Scenario;
import org.motleysim.workloads.schedule.Schedulers;

/**
 * Paper 10: Efficient and scalable agentic AI with heterogeneous systems: which device should compute prompts and which generate tokens, by
 * the paper's own table of devices, and the shape of an agent's graph. Each side takes the number of devices and the batch with the most
 * requests per dollar within its latency objective.
 */
final class Agentic implements Reproduction {
    private static final int MOST_BATCH = 1_024;

    private record Priced(String name, DeviceSpec spec, double usdPerSecond) {}

    /** How many tokens go in and come out. */
    private record Shape(int in, int out) {}

    @Override
    public String folder() {
        return "10-agentic";
    }

    @Override
    public void predict(Inputs inputs, Predictions predictions) {
        List<Priced> devices = devices(inputs);
        Shape decodeHeavy = shape(inputs, "decodeHeavy");
        Shape prefillHeavy = shape(inputs, "prefillHeavy");
        ranking(inputs, predictions, devices, decodeHeavy, prefillHeavy);
        double base = usd(inputs, devices, "H100", "H100", decodeHeavy);
        predictions.value(
                "10-2",
                usd(inputs, devices, "B200", "B200", decodeHeavy)
                        / usd(inputs, devices, "H100", "Gaudi3", decodeHeavy));
        predictions.value(
                "10-3",
                usd(inputs, devices, "H100", "H100", prefillHeavy)
                        / usd(inputs, devices, "B200", "Gaudi3", prefillHeavy),
                "rooflines of the published table at FP16, without what FP8 and better kernels add on the newer devices");
        predictions.value(
                "10-4",
                base / usd(inputs, devices, "B200", "Gaudi3", decodeHeavy),
                "the same; \"up to\" over models and formats that the text does not name");
        predictions.value("10-5", base / usd(inputs, devices, "B200", "B200", decodeHeavy), "the same");
        ModelSpec model = ModelSpec.builtIn(inputs.text("model"));
        double bytes = (double) model.kvBytesPerToken() * inputs.count("longestPrompt");
        predictions.value(
                "10-6",
                bytes / (inputs.number("ttftSeconds") * inputs.count("scaleUp")) * 8e-9,
                "all devices that computed the prompt send their part within the time to the first token");
        predictions.value("10-shape", shapeOfAgents(inputs));
    }

    private static void ranking(
            Inputs inputs, Predictions predictions, List<Priced> devices, Shape decodeHeavy, Shape prefillHeavy) {
        String best = "";
        double least = Double.POSITIVE_INFINITY;
        for (Priced prefill : devices) {
            for (Priced decode : devices) {
                double usd = usd(inputs, devices, prefill.name, decode.name, decodeHeavy)
                        + usd(inputs, devices, prefill.name, decode.name, prefillHeavy);
                if (usd < least) {
                    least = usd;
                    best = prefill.name + "::" + decode.name;
                }
            }
        }
        predictions.holds(
                "10-1",
                best.equals("B200::Gaudi3"),
                "the cheapest pair over both shapes is " + best
                        + "; the text has Gaudi3 as the cheapest for long prompts, too");
    }

    private static List<Priced> devices(Inputs inputs) {
        double months = 12 * inputs.number("years");
        double monthly = inputs.number("interest") / 12;
        double annuity = monthly / (1 - Math.pow(1 + monthly, -months));
        List<Priced> devices = new ArrayList<>();
        for (JsonNode row : inputs.items("devices")) {
            DeviceSpec spec = DeviceSpec.builder(
                            "paper-" + row.get(0).asText().toLowerCase(Locale.ROOT), DeviceKind.GPU)
                    .peak(NumberFormat.FP16, FlopRate.of(row.get(4).asDouble() * 1e12))
                    .peak(NumberFormat.BF16, FlopRate.of(row.get(4).asDouble() * 1e12))
                    .memory(
                            "HBM",
                            Bytes.gigabytes(row.get(2).asLong()),
                            Bandwidth.gigabytesPerSecond(row.get(3).asDouble()))
                    .link(new LinkSpec(
                            "scale-up",
                            LinkSpec.Role.PEER,
                            Bandwidth.gigabytesPerSecond(row.get(6).asDouble()),
                            Duration.ZERO))
                    .tdp(Power.watts(1))
                    .idle(Power.watts(0))
                    .build();
            double hourly =
                    row.get(1).asDouble() * annuity * 12 / 8_766 + row.get(5).asDouble();
            devices.add(new Priced(row.get(0).asText(), spec, hourly / 3_600));
        }
        return devices;
    }

    private static Shape shape(Inputs inputs, String name) {
        List<Double> tokens = inputs.numbers(name);
        return new Shape(tokens.get(0).intValue(), tokens.get(1).intValue());
    }

    /** Dollars of a request, prompt on the one and tokens on the other; infinite where an objective cannot be met. */
    private static double usd(Inputs inputs, List<Priced> devices, String prefill, String decode, Shape shape) {
        return prefillUsd(inputs, find(devices, prefill), shape) + decodeUsd(inputs, find(devices, decode), shape);
    }

    private static Priced find(List<Priced> devices, String name) {
        return devices.stream()
                .filter(device -> device.name.equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static double prefillUsd(Inputs inputs, Priced device, Shape shape) {
        double least = Double.POSITIVE_INFINITY;
        for (int ranks = 1; ranks <= inputs.count("scaleUp"); ranks *= 2) {
            for (int batch = 1; batch <= MOST_BATCH; batch *= 2) {
                double seconds = seconds(inputs, device, ranks, batch, shape.in, true);
                if (seconds > inputs.number("ttftSeconds") || !fits(inputs, device, ranks, batch, shape.in)) {
                    break;
                }
                least = Math.min(least, seconds * ranks * device.usdPerSecond / batch);
            }
        }
        return least;
    }

    private static double decodeUsd(Inputs inputs, Priced device, Shape shape) {
        double least = Double.POSITIVE_INFINITY;
        int context = shape.in + shape.out / 2;
        for (int ranks = 1; ranks <= inputs.count("scaleUp"); ranks *= 2) {
            for (int batch = 1; batch <= MOST_BATCH; batch *= 2) {
                double seconds = seconds(inputs, device, ranks, batch, context, false);
                if (seconds > inputs.number("tbtSeconds")
                        || !fits(inputs, device, ranks, batch, shape.in + shape.out)) {
                    break;
                }
                least = Math.min(least, seconds * shape.out * ranks * device.usdPerSecond / batch);
            }
        }
        return least;
    }

    private static boolean fits(Inputs inputs, Priced device, int ranks, int batch, int tokens) {
        ModelSpec model = ModelSpec.builtIn(inputs.text("model"));
        double needed = model.weightBytes().value() + (double) model.kvBytesPerToken() * batch * tokens;
        double room = device.spec.memory().get(0).knownCapacity().orElseThrow().value();
        return needed <= 0.9 * room * ranks;
    }

    private static double seconds(Inputs inputs, Priced device, int ranks, int batch, int tokens, boolean isPrefill) {
        ModelSpec model = ModelSpec.builtIn(inputs.text("model"));
        IterationCost cost =
                StepModel.fusedKernels(Duration.ZERO).bind(model, device.spec, ranks, RooflineCostModel.peak());
        Iteration iteration = Iteration.of(model);
        iteration.clear();
        if (isPrefill) {
            for (int i = 0; i < batch; i++) {
                iteration.prefill(tokens, 0, true);
            }
        } else {
            iteration.decode(batch, (long) batch * tokens);
        }
        IterationResult result = new IterationResult();
        cost.cost(iteration, result);
        return result.seconds();
    }

    /** Mean tasks of an agent in a run, by what the law of its branch and loop says. */
    private static double shapeOfAgents(Inputs inputs) {
        JsonNode law = inputs.fact("flow");
        double think = law.get("think").asDouble();
        double search = law.get("search").asDouble();
        int most = law.get("most").asInt();
        int jobs = law.get("jobs").asInt();
        Flow thinking = new Flow.Sequence(List.of(
                step("think", 650),
                new Flow.Branch(List.of(
                        new Flow.Way(search, step("search", 200)),
                        new Flow.Way(1 - search, new Flow.Sequence(List.of()))))));
        Flow agent =
                new Flow.Sequence(List.of(step("hear", 120), new Flow.Loop(thinking, think, most), step("speak", 180)));
        Cluster cluster = Cluster.builder("agents")
                .add(4, devices(inputs).get(0).spec)
                .price(PriceModel.free())
                .build();
        GraphJob job = GraphJob.of(
                        new JobFlow("agent", agent, Arrivals.poisson(1), OptionalInt.of(jobs)),
                        Schedulers.onlineEarliestFinishTime())
                .build();
        double tasks =
                Scenario.of(cluster, job).seed(10).build().run().metrics().value("tasks.total");
        double thoughts = (1 - Math.pow(think, most)) / (1 - think);
        return tasks / jobs / (2 + (1 + search) * thoughts);
    }

    private static Flow step(String name, int millis) {
        return new Flow.Step(new Task.Recorded(name, Duration.ofMillis(millis)), Bytes.kilobytes(8));
    }
}
