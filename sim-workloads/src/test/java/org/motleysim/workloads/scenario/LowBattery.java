package org.motleysim.workloads.scenario;

import java.util.Map;
import java.util.Optional;
import org.motleysim.workloads.offload.OffloadPolicy;
import org.motleysim.workloads.offload.OffloadView;

/** A policy of the test's own, under a name that scenario files can use. */
public final class LowBattery implements OffloadPolicyProvider {
    record Below(double share) implements OffloadPolicy {
        @Override
        public int choose(OffloadView task) {
            return task.batteryShare() < share ? task.home() : OffloadView.LOCAL;
        }
    }

    @Override
    public String name() {
        return "test.low-battery";
    }

    @Override
    public OffloadPolicy create(Map<String, String> options) {
        return new Below(Double.parseDouble(options.getOrDefault("below", "0.2")));
    }

    @Override
    public Optional<Map<String, String>> describe(OffloadPolicy policy) {
        return policy instanceof Below below
                ? Optional.of(Map.of("below", String.valueOf(below.share())))
                : Optional.empty();
    }
}
