package org.motleysim.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.motleysim.core.quantity.Energy;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.power.Battery;
import org.motleysim.hardware.power.ChargeWindows;
import org.motleysim.hardware.power.OperatingPoint;
import org.motleysim.hardware.power.OperatingPoints;
import org.motleysim.hardware.power.PowerSetup;
import org.motleysim.hardware.power.Thermal;
import org.motleysim.hardware.price.PriceModel;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.llm.LlmServing;
import org.motleysim.workloads.llm.batching.Batching;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.request.RequestLengths;
import org.motleysim.workloads.scenario.Scenario;

/**
 * A phone that answers a question every fourteen seconds: it heats up, halves its clock at 42 degrees, recovers, and drains its
 * battery.
 *
 * <p>Heat: 540 s, 45 J/K, so 12 K/W, and half the clock at 42 degrees Celsius, as measured by a developer on a Galaxy S25+ and published
 * on Reddit in 2025. Voltage at half the clock: Cortex-A15 at 1 and 2 GHz (1.0 and 1.362 V, the operating points of the DS3 simulator).
 * Battery: 5,000 mAh at 3.85 V.
 */
public final class ThrottledPhone {
    private ThrottledPhone() {}

    /** Runs it, prints its table and writes its page. */
    public static void main(String[] arguments) throws IOException {
        var result = scenario().run();
        result.report().print();
        result.report().writeHtml(Path.of("out", "throttled-phone.html"));
    }

    static Scenario scenario() {
        var power = PowerSetup.builder()
                .points(OperatingPoints.of(new OperatingPoint(0.5, 1.0 / 1.362), OperatingPoint.nominal()))
                .thermal(new Thermal(12, Duration.ofMinutes(9), 25, 42, 1))
                .battery(new Battery(Energy.joules(69_300), Power.watts(15), 0.9, ChargeWindows.never(), 0.8, 0.05))
                .build();
        var phone = Cluster.builder("a phone")
                .add(1, Catalog.builtIn().device("qualcomm-snapdragon-8-gen-3-12gb"), power)
                .price(PriceModel.free())
                .build();
        var questions = LlmServing.of(ModelSpec.builtIn("mistral-7b").withWeightFormat(NumberFormat.INT4))
                .arrivals(Arrivals.fixed(1.0 / 14))
                .lengths(RequestLengths.fixed(60, 40))
                .batching(Batching.continuous(2_048))
                .build();
        return Scenario.of(phone, questions)
                .name("throttled-phone")
                .description("A phone answers a question every fourteen seconds and gets warm.")
                .horizon(Duration.ofHours(1))
                .build();
    }
}
