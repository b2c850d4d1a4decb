package org.motleysim.examples.serving;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleBiFunction;
import org.apache.commons.math3.analysis.MultivariateFunction;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.SimplexOptimizer;

/**
 * What engines add to kernels, fitted on some families of deployments and used on others. For each engine:
 *
 * <pre>
 * TPOT = kernels x decode + host + prompts x concurrency x prompt / output tokens
 * TTFT = start + prompt x alone + queue x prompts in flight x prompt
 * </pre>
 *
 * <p>with as many in flight as the KV caches hold
 *
 * <p>and one number for all: how much longer kernels take in Hopper deployments than in the tables, which are of newer engines than most of
 * those.
 */
final class EngineFit {
    private static final int EVALUATIONS = 6_000;
    private static final double[] HOPPER = {1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8};

    /** The numbers of one engine. */
    record Overheads(
            double kernels, double hostMillis, double prompts, double startMillis, double alone, double queue) {}

    private final double hopper;
    private final Map<String, Overheads> engines;

    private EngineFit(double hopper, Map<String, Overheads> engines) {
        this.hopper = hopper;
        this.engines = engines;
    }

    static EngineFit of(List<Deployment> deployments) {
        EngineFit best = null;
        double least = Double.POSITIVE_INFINITY;
        for (double factor : HOPPER) {
            EngineFit fit = new EngineFit(factor, engines(deployments, factor));
            double loss = deployments.stream()
                    .mapToDouble(each -> apart(fit.tpot(each), each.tpotMillis()))
                    .average()
                    .orElseThrow();
            if (loss < least) {
                least = loss;
                best = fit;
            }
        }
        return java.util.Objects.requireNonNull(best, "at least one factor");
    }

    private static Map<String, Overheads> engines(List<Deployment> deployments, double hopper) {
        Map<String, Overheads> engines = new TreeMap<>();
        deployments.stream().map(each -> each.family().engine()).distinct().forEach(engine -> {
            List<Deployment> own = deployments.stream()
                    .filter(each -> each.family().engine().equals(engine))
                    .toList();
            double[] step = fitted(own, Deployment::tpotMillis, (each, at) -> tpot(each, at, hopper));
            double[] first = fitted(own, Deployment::ttftMillis, (each, at) -> ttft(each, at, each.tpotMillis()));
            engines.put(engine, new Overheads(step[0], step[1], step[2], 100 * first[0], first[1], first[2]));
        });
        return engines;
    }

    /** Least mean |log(predicted / measured)|. */
    private static double[] fitted(
            List<Deployment> own,
            java.util.function.ToDoubleFunction<Deployment> measured,
            ToDoubleBiFunction<Deployment, double[]> predicted) {
        MultivariateFunction loss = at -> own.stream()
                .mapToDouble(each -> apart(predicted.applyAsDouble(each, at), measured.applyAsDouble(each)))
                .average()
                .orElseThrow();
        double[] best = {1, 1, 1};
        double least = Double.POSITIVE_INFINITY;
        for (double[] guess : new double[][] {{1, 1, 1}, {0.5, 0.5, 0.2}}) {
            var found = new SimplexOptimizer(1e-9, 1e-9)
                    .optimize(
                            new MaxEval(EVALUATIONS),
                            new ObjectiveFunction(loss),
                            GoalType.MINIMIZE,
                            new InitialGuess(guess),
                            new NelderMeadSimplex(3, 0.3));
            if (found.getValue() < least) {
                least = found.getValue();
                best = found.getPoint();
            }
        }
        return new double[] {Math.abs(best[0]), Math.abs(best[1]), Math.abs(best[2])};
    }

    private static double apart(double predicted, double measured) {
        return Math.abs(Math.log(Math.max(1e-3, predicted) / measured));
    }

    private static double tpot(Deployment each, double[] at, double hopper) {
        double generation = each.hopper() ? hopper : 1;
        double between =
                each.shared() ? Math.abs(at[2]) * each.running() * each.queuedPromptMillis() / each.outputTokens() : 0;
        return generation * (Math.abs(at[0]) * each.decodeMillis() + between) + Math.abs(at[1]);
    }

    /**
     * The start is in tenths of a second, so that all numbers are of one size. Who finds no room in the caches waits as Little's law says, for
     * the measured time per output token while fitting.
     */
    private static double ttft(Deployment each, double[] at, double tpotMillis) {
        double running = 100 * Math.abs(at[0])
                + Math.abs(at[1]) * each.promptMillis()
                + Math.abs(at[2]) * each.prefillQueue() * each.queuedPromptMillis();
        double waiting = each.concurrency() / each.running() - 1;
        return running + waiting * (running + each.outputTokens() * tpotMillis);
    }

    private Overheads overheads(Deployment each) {
        Overheads own = engines.get(each.family().engine());
        if (own == null) {
            throw new IllegalArgumentException(
                    "no deployment of " + each.family().engine() + " was fitted");
        }
        return own;
    }

    double tpot(Deployment each) {
        Overheads own = overheads(each);
        return tpot(each, new double[] {own.kernels, own.hostMillis, own.prompts}, hopper);
    }

    double ttft(Deployment each) {
        Overheads own = overheads(each);
        return ttft(each, new double[] {own.startMillis / 100, own.alone, own.queue}, tpot(each));
    }

    double hopper() {
        return hopper;
    }

    Map<String, Overheads> engines() {
        return engines;
    }
}
