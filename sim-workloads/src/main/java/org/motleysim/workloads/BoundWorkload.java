package org.motleysim.workloads;

import java.util.List;
import org.motleysim.core.metric.Cdf;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.metric.Series;

/** A workload within one run: mutable, used by one thread. */
public interface BoundWorkload {
    /** Schedules the first events. Called once, at time zero. */
    void start();

    /** Units of work completed so far, such as requests; for progress only. */
    long completed();

    /**
     * Ends the run at the present time: settles what is in flight and reports the metrics under their bare names. Called once, after the
     * last event; the methods below are valid from then on.
     */
    void finish(MetricSet.Builder metrics);

    /** Joules that some unit of work was charged with. */
    double attributedJoules();

    /** Dollars that some unit of work was charged with. */
    double attributedUsd();

    /** Joules spent on work that a failure made void, charged to no unit of work. */
    default double wastedJoules() {
        return 0;
    }

    /** Dollars spent on work that a failure made void, charged to no unit of work. */
    default double wastedUsd() {
        return 0;
    }

    /** The conservation laws of this workload. */
    List<Balance> conservation();

    /** Curves over time. */
    List<Series> series();

    /** Distributions. */
    List<Cdf> cdfs();

    /** Tables of rows. */
    List<RowLog> logs();
}
