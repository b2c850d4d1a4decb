package org.motleysim.examples;

import org.motleysim.core.quantity.Bytes;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.catalog.TierCatalog;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cluster.HostSpec;
import org.motleysim.hardware.price.ElectricityPrice;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.streamed.StreamedLayers;
import org.motleysim.workloads.scenario.Scenario;

/** The scenario of {@code examples/scenarios/streamed-70b.json} in Java: a model that does not fit its GPU. */
public final class StreamedModel {
    private StreamedModel() {}

    /** Runs it and prints its table. */
    public static void main(String[] arguments) {
        scenario().run().report().print();
    }

    static Scenario scenario() {
        var tiers = TierCatalog.builtIn();
        var ddr = tiers.tier("ddr5-5600-64gb").toBuilder()
                .name("ddr")
                .capacity(Bytes.gigabytes(48))
                .build()
                .times(2);
        var nvme = tiers.tier("lexar-nm790-4tb").toBuilder().name("nvme").build();
        var cluster = Cluster.builder("1x rtx4090")
                .add("rtx4090", 1, Catalog.builtIn().device("nvidia-rtx-4090-24gb"))
                .host("rtx4090", HostSpec.of(1, ddr, nvme))
                .price(new ElectricityPrice(0.3))
                .build();
        var large = StreamedLayers.of(ModelSpec.builtIn("llama-3-70b"), "ddr", "nvme")
                .tokens(512, 16)
                .window(2)
                .build();
        return Scenario.of(cluster, large)
                .name("streamed-70b")
                .description(
                        "Llama-3-70B in bf16 on one RTX 4090 of 24 GB: what does not fit is brought from the memory and the drive of the host for each token.")
                .build();
    }
}
