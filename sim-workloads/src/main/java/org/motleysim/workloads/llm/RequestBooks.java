package org.motleysim.workloads.llm;

import java.util.ArrayList;
import java.util.List;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.workloads.Balance;

/** What became of the requests of one run, counted as it happens: one side of the conservation laws. */
final class RequestBooks {
    long arrived;
    long finished;
    long rejectedTooLong;
    long rejectedBusy;
    long failed;
    long failedOutput;
    long onTheWay;
    long assignedPrefill;
    long finishedOutput;
    double attributedJoules;
    double attributedUsd;

    long refused() {
        return rejectedTooLong + rejectedBusy;
    }

    /** Requests that are over. */
    long ended() {
        return finished + refused() + failed;
    }

    void put(MetricSet.Builder metrics, long inFlight) {
        metrics.put("requests.arrived", (double) arrived, "1");
        metrics.put("requests.finished", (double) finished, "1");
        metrics.put("requests.rejected", (double) refused(), "1");
        metrics.put("requests.in_flight", (double) inFlight, "1");
    }

    /**
     * Compares with what the replicas have counted.
     *
     * @param inFlightOutput tokens that unfinished requests have got
     */
    List<Balance> balances(
            ReplicaTotals totals, long inFlight, long inFlightOutput, double wastedJoules, double wastedUsd) {
        List<Balance> balances = new ArrayList<>();
        balances.add(Balance.exact("requests", arrived, ended() + inFlight));
        balances.add(Balance.exact(
                "prefill tokens",
                assignedPrefill + totals.recomputed(),
                totals.prefillTokens()
                        + totals.cached()
                        + totals.prefillLeft()
                        + totals.displacedPrefill()
                        + assignedPrefill
                        - totals.enqueuedPrompt()));
        balances.add(
                Balance.exact("output tokens", totals.outputTokens(), finishedOutput + failedOutput + inFlightOutput));
        balances.add(Balance.exact("KV blocks", totals.blocksUsed(), totals.blocksHeld()));
        balances.add(Balance.sums("energy of requests", "J", totals.joules(), attributedJoules + wastedJoules));
        balances.add(Balance.sums("cost of requests", "USD", totals.usd(), attributedUsd + wastedUsd));
        return balances;
    }
}
