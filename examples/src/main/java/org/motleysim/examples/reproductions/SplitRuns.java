package org.motleysim.examples.reproductions;

import java.time.Duration;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.price.PriceModel;
import org.motleysim.workloads.scenario.Scenario;
import org.motleysim.workloads.split.SplitJob;

/** Runs of split inference. */
final class SplitRuns {
    private SplitRuns() {}

    static MetricSet metrics(SplitJob job, Duration horizon) {
        Cluster unused = Cluster.builder("unused")
                .add(1, Catalog.builtIn().device("raspberry-pi-5-4gb"))
                .price(PriceModel.free())
                .build();
        return Scenario.of(unused, job).horizon(horizon).build().run().metrics();
    }
}
