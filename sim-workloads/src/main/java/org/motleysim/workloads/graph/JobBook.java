package org.motleysim.workloads.graph;

import java.util.List;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.metric.Cdf;
import org.motleysim.core.metric.LatencyHistogram;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.workloads.Balance;

/** Jobs that have come and gone: how long each took from its arrival to the end of its last task. */
final class JobBook {
    private final JobList jobs;
    private final long warmupNanos;
    private final int[] unfinished; // tasks, by job
    private final LatencyHistogram latency = new LatencyHistogram();
    private int arrived;
    private int finished;
    private int counted;
    private int firstOpen; // all jobs before it have finished
    private double sumSeconds;
    private double jobSeconds; // latency of all jobs that finished

    JobBook(JobList jobs, long warmupNanos) {
        this.jobs = jobs;
        this.warmupNanos = warmupNanos;
        this.unfinished = new int[jobs.size()];
        for (int job = 0; job < unfinished.length; job++) {
            unfinished[job] = jobs.tasks(job);
        }
    }

    void arrived() {
        arrived++;
    }

    void taskEnded(int task, long now) {
        int job = jobs.of(task);
        if (--unfinished[job] > 0) {
            return;
        }
        finished++;
        long nanos = now - jobs.arrivalNanos(job);
        jobSeconds += SimTime.seconds(nanos);
        if (now >= warmupNanos) {
            counted++;
            latency.record(nanos);
            sumSeconds += SimTime.seconds(nanos);
        }
    }

    void put(MetricSet.Builder metrics, long now) {
        metrics.put("jobs.arrived", arrived, "1");
        metrics.put("jobs.finished", finished, "1");
        if (now > 0) {
            metrics.put("jobs.concurrent", jobSeconds(now) / SimTime.seconds(now), "1");
        }
        if (now > warmupNanos) {
            metrics.put("jobs.throughput", counted / SimTime.seconds(now - warmupNanos), "1/s");
        }
        if (counted > 0) {
            metrics.put("job.latency.mean", sumSeconds / counted, "s");
            metrics.put("job.latency.p50", latency.quantileSeconds(0.5), "s");
            metrics.put("job.latency.p99", latency.quantileSeconds(0.99), "s");
            metrics.put("job.latency.max", latency.maxSeconds(), "s");
        }
    }

    /** The number of jobs in the system, integrated over the time so far. */
    double jobSeconds(long now) {
        while (firstOpen < arrived && unfinished[firstOpen] == 0) {
            firstOpen++;
        }
        double open = 0;
        for (int job = firstOpen; job < arrived; job++) {
            open += unfinished[job] > 0 ? SimTime.seconds(now - jobs.arrivalNanos(job)) : 0;
        }
        return jobSeconds + open;
    }

    List<Cdf> cdfs() {
        return counted == 0 ? List.of() : List.of(latency.cdf("job.latency"));
    }

    Balance balance() {
        int open = 0;
        for (int job = 0; job < arrived; job++) {
            open += unfinished[job] > 0 ? 1 : 0;
        }
        return Balance.exact("jobs", arrived, finished + open);
    }
}
