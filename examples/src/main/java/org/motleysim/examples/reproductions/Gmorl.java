package org.motleysim.examples.reproductions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.random.RandomStream;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.core.resource.SharedRate;
import org.motleysim.hardware.radio.Reach;

/**
 * Paper 11, GMORL: where tasks of mobile users go, to the cloud or to one of several edges, each a processor that its tasks share equally.
 * The radio is Shannon's formula with log-distance loss and Rayleigh fading; channels do not disturb each other. The learned policy is not
 * there: a greedy one that weighs the expected delay and energy stands in its place.
 */
final class Gmorl implements Reproduction {
    /** A place where tasks can go. */
    private record Server(double metres, double hertz) {}

    /** A task of a run, the same for every policy. */
    private record Work(double seconds, double bits, List<Double> fading, double dice) {}

    /** What a policy achieved, both means of a task. */
    private record Outcome(double delaySeconds, double joules) {}

    @FunctionalInterface
    private interface Policy {
        int choose(Work task, List<Server> servers, List<SharedRate> queues);
    }

    @Override
    public String folder() {
        return "11-gmorl";
    }

    @Override
    public void predict(Inputs inputs, Predictions predictions) {
        var check = new Server(inputs.number("checkMetres"), inputs.number("checkHertz"));
        var task = new Work(0, inputs.number("checkBits"), List.of(1.0), 0);
        Outcome alone = run(inputs, List.of(check), List.of(task), (work, servers, queues) -> 0);
        predictions.value("E11-delay", alone.delaySeconds);
        predictions.value("E11-energy", alone.joules);
        double cloud = rate(inputs, inputs.number("cloudMetres"), 1);
        double[] gains = inputs.numbers("load").stream()
                .mapToDouble(load -> hypervolumeGain(inputs, load))
                .sorted()
                .toArray();
        predictions.band(
                "E11-01",
                100 * gains[0],
                100 * gains[gains.length - 1],
                "a greedy policy for each weight over one edge for all and over chance, at loads of 0.1 to 0.6; the learned policy, its benchmarks,"
                        + " the load and the corner of the area are not known. With a proper Shannon rate the cloud is out of reach: "
                        + Math.round(cloud / 1e3) + " kbit/s");
    }

    private static double hypervolumeGain(Inputs inputs, double load) {
        List<Server> servers = new ArrayList<>();
        servers.add(new Server(inputs.number("cloudMetres"), inputs.number("cloudHertz")));
        List<Double> metres = inputs.numbers("edgeMetres");
        List<Double> clocks = inputs.numbers("edgeHertz");
        for (int i = 0; i < metres.size(); i++) {
            servers.add(new Server(metres.get(i), clocks.get(i)));
        }
        List<Work> tasks = tasks(inputs, servers, load);
        List<Outcome> benchmarks = new ArrayList<>();
        benchmarks.add(run(inputs, servers, tasks, (task, all, queues) -> (int) (task.dice * all.size())));
        for (int server = 1; server < servers.size(); server++) {
            int only = server;
            benchmarks.add(run(inputs, servers, tasks, (task, all, queues) -> only));
        }
        List<Outcome> greedy = new ArrayList<>();
        for (double weight : inputs.numbers("weights")) {
            greedy.add(run(inputs, servers, tasks, (task, all, queues) -> greedy(inputs, task, all, queues, weight)));
        }
        // The corner from which areas are measured: the worst of the benchmarks without the random one, which goes to
        // the cloud too.
        List<Outcome> fixed = benchmarks.subList(1, benchmarks.size());
        double worstDelay =
                1.1 * fixed.stream().mapToDouble(Outcome::delaySeconds).max().orElse(0);
        double worstJoules =
                1.1 * fixed.stream().mapToDouble(Outcome::joules).max().orElse(0);
        return area(greedy, worstDelay, worstJoules) / area(benchmarks, worstDelay, worstJoules) - 1;
    }

    private static List<Work> tasks(Inputs inputs, List<Server> servers, double load) {
        RandomStreams streams = RandomStreams.of(11);
        RandomStream gaps = streams.stream("arrivals");
        RandomStream sizes = streams.stream("sizes");
        RandomStream fading = streams.stream("fading");
        RandomStream dice = streams.stream("dice");
        double cycles = servers.stream().mapToDouble(Server::hertz).sum();
        double meanBits = load * cycles / inputs.number("cyclesPerBit");
        List<Double> clip = inputs.numbers("clipBits");
        List<Work> tasks = new ArrayList<>();
        double now = 0;
        for (int i = 0; i < inputs.count("tasks"); i++) {
            now += gaps.nextExponential(1 / inputs.number("tasksPerSecond"));
            double bits = Math.max(clip.get(0), Math.min(clip.get(1), sizes.nextExponential(meanBits)));
            List<Double> factors =
                    servers.stream().map(server -> fading.nextExponential(1)).toList();
            tasks.add(new Work(now, bits, factors, dice.nextDouble()));
        }
        return tasks;
    }

    /** The server with the least weighted sum of expected delay and energy, each by the least that any server has. */
    private static int greedy(Inputs inputs, Work task, List<Server> servers, List<SharedRate> queues, double weight) {
        double[] delay = new double[servers.size()];
        double[] joules = new double[servers.size()];
        for (int i = 0; i < delay.length; i++) {
            Server server = servers.get(i);
            double sending = task.bits / rate(inputs, server.metres, task.fading.get(i));
            double cycles = task.bits * inputs.number("cyclesPerBit");
            delay[i] = sending + cycles * (queues.get(i).jobs() + 1) / server.hertz;
            joules[i] =
                    sending * inputs.number("watts") + inputs.number("kappa") * cycles * server.hertz * server.hertz;
        }
        double leastDelay = Arrays.stream(delay).min().orElse(1);
        double leastJoules = Arrays.stream(joules).min().orElse(1);
        int best = 0;
        for (int i = 1; i < delay.length; i++) {
            double here = weight * delay[i] / leastDelay + (1 - weight) * joules[i] / leastJoules;
            double there = weight * delay[best] / leastDelay + (1 - weight) * joules[best] / leastJoules;
            best = here < there ? i : best;
        }
        return best;
    }

    private static double rate(Inputs inputs, double metres, double fading) {
        double noiseWatts = Math.pow(10, inputs.number("noiseDbmPerHertz") / 10 - 3) * inputs.number("hertz");
        double snr = inputs.number("watts") * Math.pow(10, -inputs.number("lossDbAtKilometre") / 10) / noiseWatts;
        // A reference of a metre, so that nothing is nearer.
        double exponent = inputs.number("lossExponent");
        var reach = new Reach.LogDistance(inputs.number("hertz"), snr * Math.pow(1_000, exponent), 1, exponent, true);
        return 8 * reach.bytesPerSecond(metres, fading);
    }

    private static Outcome run(Inputs inputs, List<Server> servers, List<Work> tasks, Policy policy) {
        Simulation simulation = new Simulation();
        List<SharedRate> queues = new ArrayList<>();
        for (int i = 0; i < servers.size(); i++) {
            queues.add(new SharedRate(simulation, "server-" + i, servers.get(i).hertz));
        }
        double[] sums = new double[2];
        EventType done = simulation.register(
                "done", task -> sums[0] += SimTime.seconds(simulation.now()) - tasks.get((int) task).seconds);
        for (int i = 0; i < tasks.size(); i++) {
            int number = i;
            Work task = tasks.get(i);
            simulation.schedule(SimTime.nanos(task.seconds), "task", () -> {
                int server = policy.choose(task, servers, queues);
                double sending = task.bits / rate(inputs, servers.get(server).metres, task.fading.get(server));
                double cycles = task.bits * inputs.number("cyclesPerBit");
                double hertz = servers.get(server).hertz;
                sums[1] += sending * inputs.number("watts") + inputs.number("kappa") * cycles * hertz * hertz;
                simulation.schedule(
                        SimTime.nanos(sending), "sent", () -> queues.get(server).start(cycles, done, number));
            });
        }
        simulation.run();
        return new Outcome(sums[0] / tasks.size(), sums[1] / tasks.size());
    }

    /** The area between the outcomes that no other beats in both and a corner that is worse than all. */
    private static double area(List<Outcome> outcomes, double worstDelay, double worstJoules) {
        double area = 0;
        double ceiling = worstJoules;
        for (Outcome each : outcomes.stream()
                .sorted(Comparator.comparingDouble(Outcome::delaySeconds))
                .toList()) {
            if (each.joules < ceiling && each.delaySeconds < worstDelay) {
                area += (worstDelay - each.delaySeconds) * (ceiling - each.joules);
                ceiling = each.joules;
            }
        }
        return area;
    }
}
