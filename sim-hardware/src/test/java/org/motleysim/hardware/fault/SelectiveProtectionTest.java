package org.motleysim.hardware.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.motleysim.core.random.RandomStream;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.hardware.fault.SelectiveProtection.Block;
import org.motleysim.hardware.fault.SelectiveProtection.Choice;
import org.motleysim.hardware.fault.SelectiveProtection.Measure;

class SelectiveProtectionTest {
    /** ASIL-D allows 10 FIT (ISO 26262-5, table 6). */
    private static final double ASIL_D = 10;

    private static final List<Block> CHIP = List.of(
            new Block("control", 0.10, 40, List.of(new Measure("hardened flip-flops", 0.9, 0.3))),
            new Block("weights", 0.30, 300, List.of(new Measure("ECC", 0.999, 7.0 / 32))),
            new Block("multipliers", 0.45, 8, List.of()),
            new Block("interface", 0.15, 20, List.of(new Measure("parity", 0.95, 1.0 / 32))));

    @Test
    void cheapest_noErrorsAllowed_duplicatesEverything() {
        Choice all = SelectiveProtection.cheapest(CHIP, 0).orElseThrow();

        assertEquals(1, all.areaOverhead(), 1e-12);
        assertEquals(0, all.silentFit(), 1e-12);
    }

    /** What paper 77 claims in kind: selective protection reaches the target with far less than a second core. */
    @Test
    void cheapest_sameTarget_takesLessThanLockStep() {
        Choice choice = SelectiveProtection.cheapest(CHIP, ASIL_D).orElseThrow();

        assertTrue(choice.silentFit() <= ASIL_D);
        assertTrue(choice.areaOverhead() < 1, "overhead " + choice.areaOverhead());
    }

    @Test
    void cheapest_randomChips_isWhatTryingAllFinds() {
        for (int seed = 0; seed < 50; seed++) {
            RandomStream random = RandomStreams.of(seed).stream("chip");
            List<Block> blocks = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                blocks.add(new Block(
                        "b" + i,
                        random.nextDouble() / 5,
                        random.nextDouble() * 50,
                        List.of(new Measure("m", random.nextDouble(), random.nextDouble()))));
            }
            double target = random.nextDouble() * 40;
            double least = Double.POSITIVE_INFINITY;
            for (int code = 0; code < 243; code++) {
                double area = 0;
                double fit = 0;
                for (int i = 0, rest = code; i < 5; i++, rest /= 3) {
                    Block block = blocks.get(i);
                    Measure own = block.measures().get(0);
                    double caught = rest % 3 == 0 ? 0 : rest % 3 == 1 ? 1 : own.caughtShare();
                    double more = rest % 3 == 0 ? 0 : rest % 3 == 1 ? 1 : own.areaShare();
                    area += block.areaShare() * more;
                    fit += block.silentFit() * (1 - caught);
                }
                least = fit <= target ? Math.min(least, area) : least;
            }

            assertEquals(
                    least,
                    SelectiveProtection.cheapest(blocks, target).orElseThrow().areaOverhead(),
                    1e-12,
                    "seed " + seed);
        }
    }

    /** 1,000 FIT/Mbit on 36 Mbit is one upset in 1e9/36,000 hours. */
    @Test
    void upsetsPerSecond_byHand_isTheRateOfAllBits() {
        SoftErrors errors = new SoftErrors(1_000, 36, 0.9, 0.75, 0, 0);

        assertEquals(36_000 / 3.6e12, errors.upsetsPerSecond(), 1e-20);
        assertEquals(900, errors.silentFit(), 1e-9);
        assertEquals(SoftErrors.Effect.MASKED, errors.effect(0.89));
        assertEquals(SoftErrors.Effect.DETECTED, errors.effect(0.97));
        assertEquals(SoftErrors.Effect.SILENT, errors.effect(0.98));
    }
}
