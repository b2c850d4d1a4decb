package org.motleysim.workloads.scenario;

import java.util.ArrayList;
import java.util.List;
import org.motleysim.hardware.catalog.EfficiencyCatalog;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cluster.DeviceGroup;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.power.DynamicEnergy;
import org.motleysim.hardware.power.OperatingPoint;
import org.motleysim.workloads.Problem;

/**
 * What every run asks of the datasheets of a cluster, asked before the run, so that a blank is told with its name.
 * Prices are not asked here: no cluster is built of devices that its price model cannot price.
 */
final class DatasheetBlanks {
    private final List<Problem> problems = new ArrayList<>();

    private DatasheetBlanks() {}

    static List<Problem> of(Cluster cluster) {
        var blanks = new DatasheetBlanks();
        for (int i = 0; i < cluster.groups().size(); i++) {
            DeviceGroup group = cluster.groups().get(i);
            DeviceSpec spec = group.spec();
            CostModel model = group.costModel().orElse(cluster.costModel());
            String path = "$.cluster.devices[" + i + "].device";
            blanks.ask(path, () -> {
                model.bind(spec, OperatingPoint.nominal());
                // Models of one's own may do without the TDP; the idle power of the device does not.
                DynamicEnergy.idleWatts(spec, EfficiencyCatalog.builtIn().power(spec.kind()));
            });
        }
        return blanks.problems;
    }

    private void ask(String path, Runnable question) {
        try {
            question.run();
        } catch (IllegalArgumentException blank) {
            String[] lines = String.valueOf(blank.getMessage()).split("\n", 2);
            problems.add(new Problem(path, lines[0], lines.length > 1 ? lines[1] : ""));
        }
    }
}
