package org.motleysim.workloads.graph;

import java.util.List;
import java.util.Optional;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.engine.StopReason;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.core.trace.TraceSink;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.workloads.Balance;
import org.motleysim.workloads.Problem;
import org.motleysim.workloads.RunContext;

/**
 * A run of task graphs that stops at each decision, so that a policy can be trained outside: {@link #reset} begins a run, {@link #observe}
 * shows what a {@link Dispatcher} would see, {@link #step} takes its choice and goes on to the next decision.
 *
 * <pre>{@code
 * Episode episode = Episode.of(job, cluster);
 * for (int i = 0; i < 1_000; i++) {
 *     episode.reset(i);
 *     while (!episode.isDone()) {
 *         Episode.Step step = episode.step(policy.choose(episode.observe()));
 *         policy.learn(-step.jobSeconds());
 *     }
 * }
 * }</pre>
 *
 * <p>The same choices and seed give the run that a scenario with that dispatcher has. Used by one thread.
 */
public final class Episode {
    private final GraphJob job;
    private final Cluster cluster;
    private final Decider decider = new Decider();
    private Simulation simulation = new Simulation();
    private Optional<GraphRun> run = Optional.empty();
    private boolean done;
    private double lastSeconds;
    private double lastJobSeconds;

    /**
     * What passed between two decisions.
     *
     * @param seconds of simulated time
     * @param jobSeconds the number of jobs in the system, integrated over that time: summed up, the latency of all jobs
     * @param done whether no decision is left
     */
    public record Step(double seconds, double jobSeconds, boolean done) {}

    /** Stands in for the policy: says what was chosen, and stops the run when nothing was. */
    private static final class Decider implements Dispatcher {
        private Optional<Choice> chosen = Optional.empty();
        private boolean asked;

        @Override
        public Optional<Choice> choose(DispatchView view) {
            Optional<Choice> choice = chosen;
            chosen = Optional.empty();
            asked = choice.isEmpty();
            return choice;
        }
    }

    private Episode(GraphJob job, Cluster cluster) {
        this.job = job.under(decider);
        this.cluster = cluster;
        this.done = true;
    }

    /**
     * Describes episodes of a job on a cluster; the job's own scheduler is not used.
     *
     * @throws IllegalArgumentException if the job cannot run there, with all reasons
     */
    public static Episode of(GraphJob job, Cluster cluster) {
        Episode episode = new Episode(job, cluster);
        List<Problem> problems = episode.job.problems(cluster, true);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("job (" + job.name() + ") must be able to run\n"
                    + String.join("\n", problems.stream().map(Problem::toString).toList()));
        }
        return episode;
    }

    /** Begins a run and goes to its first decision. */
    public Step reset(long seed) {
        simulation = new Simulation();
        done = false;
        lastSeconds = 0;
        lastJobSeconds = 0;
        decider.chosen = Optional.empty();
        RandomStreams streams = RandomStreams.of(seed);
        RunContext context = new RunContext(
                simulation, cluster.bind(simulation, streams), streams, TraceSink.none(), 0, Long.MAX_VALUE);
        GraphRun begun = (GraphRun) job.bind(context);
        run = Optional.of(begun);
        begun.start();
        return toNextDecision(begun);
    }

    /**
     * Returns what there is to decide on. Valid until the next step.
     *
     * @throws IllegalStateException if no decision is left
     */
    public DispatchView observe() {
        if (done) {
            throw new IllegalStateException("episode must have a decision left\nMaybe reset(seed).");
        }
        return current().view();
    }

    /**
     * Takes a choice, or waits until another task is ready or another device free, and goes to the next decision.
     *
     * @throws IllegalStateException if no decision is left
     * @throws IllegalArgumentException if the task is not ready or the device cannot run it
     */
    public Step step(Optional<Dispatcher.Choice> choice) {
        DispatchView view = observe();
        choice.ifPresent(made -> check(view, made));
        decider.chosen = choice;
        GraphRun running = current();
        // Who waits is asked again when something has happened.
        if (choice.isPresent()) {
            running.wakeManager();
        }
        return toNextDecision(running);
    }

    private static void check(DispatchView view, Dispatcher.Choice choice) {
        boolean ready = false;
        for (int i = 0; i < view.readyCount(); i++) {
            ready |= view.ready(i) == choice.task();
        }
        boolean able = choice.device() >= 0
                && choice.device() < view.platform().devices()
                && view.platform().seconds(choice.task(), choice.device()) < Double.POSITIVE_INFINITY;
        if (!ready || !able) {
            throw new IllegalArgumentException("choice (task " + choice.task() + ", device " + choice.device()
                    + ") must be a ready task and a device that can run it");
        }
    }

    private Step toNextDecision(GraphRun running) {
        decider.asked = false;
        while (!decider.asked && !done) {
            done = simulation.runEvents(1) != StopReason.COUNT_REACHED;
        }
        double now = SimTime.seconds(simulation.now());
        double jobSeconds = running.jobSeconds();
        Step step = new Step(now - lastSeconds, jobSeconds - lastJobSeconds, done);
        lastSeconds = now;
        lastJobSeconds = jobSeconds;
        return step;
    }

    /** Returns whether no decision is left: all tasks have ended, or those that are left were waited for in vain. */
    public boolean isDone() {
        return done;
    }

    /** Returns the time since the run began, in seconds. */
    public double nowSeconds() {
        return SimTime.seconds(simulation.now());
    }

    /**
     * Ends the run and returns its metrics, as a scenario names them, without those of the cluster.
     *
     * @throws IllegalStateException if there is a decision left, or a conservation law does not hold
     */
    public MetricSet metrics() {
        if (!done) {
            throw new IllegalStateException("episode must have no decision left");
        }
        MetricSet.Builder metrics = MetricSet.builder();
        GraphRun ended = current();
        ended.finish(metrics);
        Balance.requireAll(ended.conservation());
        return metrics.build();
    }

    /** Returns the tasks of the run. */
    public TaskLog log() {
        return current().log();
    }

    private GraphRun current() {
        return run.orElseThrow(() -> new IllegalStateException("episode must have begun\nMaybe reset(seed)."));
    }
}
