package org.motleysim.workloads.offload;

import java.time.Duration;
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
 * A run of offloading devices that stops at each task, so that a policy can be trained outside: {@link #reset} begins a run, {@link
 * #observe} shows what an {@link OffloadPolicy} would see, {@link #step} takes its choice and goes on to the next task.
 *
 * <pre>{@code
 * OffloadEpisode episode = OffloadEpisode.of(job, cluster, Duration.ofMinutes(10));
 * for (int i = 0; i < 1_000; i++) {
 *     episode.reset(i);
 *     while (!episode.isDone()) {
 *         OffloadEpisode.Step step = episode.step(policy.choose(episode.observe()));
 *         policy.learn(-step.taskSeconds(), -step.joules());
 *     }
 * }
 * }</pre>
 *
 * <p>The same choices and seed give the run that a scenario with that policy has. Used by one thread.
 */
public final class OffloadEpisode {
    /** What a policy returns that has not made up its mind. */
    static final int LATER = -1;

    private final OffloadJob job;
    private final Cluster cluster;
    private final long horizonNanos;
    private Simulation simulation = new Simulation();
    private Optional<OffloadRun> run = Optional.empty();
    private boolean done = true;
    private double lastSeconds;
    private double lastTaskSeconds;
    private double lastJoules;

    /**
     * What passed between two decisions.
     *
     * @param seconds of simulated time
     * @param taskSeconds the number of tasks under way, integrated over that time: summed up, the latency of all tasks
     * @param joules drawn by everything: devices, servers, links
     * @param done whether no decision is left before the horizon
     */
    public record Step(double seconds, double taskSeconds, double joules, boolean done) {}

    private OffloadEpisode(OffloadJob job, Cluster cluster, Duration horizon) {
        this.job = job.under(task -> LATER);
        this.cluster = cluster;
        this.horizonNanos = SimTime.nanos(horizon);
    }

    /**
     * Describes episodes of a job; the job's own policy is not used.
     *
     * @param cluster beside which the job runs; it leaves it alone
     * @param horizon when an episode ends
     * @throws IllegalArgumentException if the job cannot run, with all reasons
     */
    public static OffloadEpisode of(OffloadJob job, Cluster cluster, Duration horizon) {
        List<Problem> problems = job.problems(cluster, false);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("job (" + job.name() + ") must be able to run\n"
                    + String.join("\n", problems.stream().map(Problem::toString).toList()));
        }
        return new OffloadEpisode(job, cluster, horizon);
    }

    /** Begins a run and goes to its first decision. */
    public Step reset(long seed) {
        simulation = new Simulation();
        done = false;
        lastSeconds = 0;
        lastTaskSeconds = 0;
        lastJoules = 0;
        OffloadRun begun = new OffloadRun(
                job,
                new RunContext(
                        simulation,
                        cluster.bind(simulation),
                        RandomStreams.of(seed),
                        TraceSink.none(),
                        0,
                        horizonNanos));
        run = Optional.of(begun);
        begun.start();
        return toNextDecision(begun);
    }

    /**
     * Returns the task to decide on. Valid until the next step.
     *
     * @throws IllegalStateException if no decision is left
     */
    public OffloadView observe() {
        if (done) {
            throw new IllegalStateException("episode must have a decision left\nMaybe reset(seed).");
        }
        return current().view();
    }

    /**
     * Takes a choice and goes to the next decision.
     *
     * @param target as {@link OffloadPolicy#choose} returns
     * @throws IllegalStateException if no decision is left
     * @throws IllegalArgumentException if the task cannot run there
     */
    public Step step(int target) {
        observe();
        current().place(target);
        return toNextDecision(current());
    }

    private Step toNextDecision(OffloadRun running) {
        done = simulation.runUntil(horizonNanos) != StopReason.STOPPED;
        double now = SimTime.seconds(simulation.now());
        double taskSeconds = running.log.taskSeconds();
        double joules = running.books.joules();
        Step step = new Step(now - lastSeconds, taskSeconds - lastTaskSeconds, joules - lastJoules, done);
        lastSeconds = now;
        lastTaskSeconds = taskSeconds;
        lastJoules = joules;
        return step;
    }

    /** Returns whether no decision is left before the horizon. */
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
        OffloadRun ended = current();
        ended.finish(metrics);
        Balance.requireAll(ended.conservation());
        return metrics.build();
    }

    private OffloadRun current() {
        return run.orElseThrow(() -> new IllegalStateException("episode must have begun\nMaybe reset(seed)."));
    }
}
