package org.motleysim.core.resource;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.metric.LatencyHistogram;
import org.motleysim.core.metric.TimeSeries;
import org.motleysim.core.metric.TimeWeighted;
import org.motleysim.core.random.Distribution;
import org.motleysim.core.random.RandomStream;
import org.motleysim.core.random.RandomStreams;

/** Nothing is allocated per operation once the arrays have their size, counted by the virtual machine itself. */
class AllocationTest {
    private static final int OPERATIONS = 100_000;

    @Test
    void slots_steadyState_allocatesNothing() {
        Simulation simulation = new Simulation();
        Slots slots = new Slots(simulation, "servers", 3);
        EventType[] again = new EventType[1];
        again[0] = simulation.register("again", customer -> slots.serve(1 + customer, again[0], customer));
        for (int customer = 0; customer < 20; customer++) {
            slots.serve(1, again[0], customer);
        }
        assertNoAllocation(() -> simulation.runEvents(OPERATIONS));
    }

    @Test
    void sharedRate_steadyState_allocatesNothing() {
        Simulation simulation = new Simulation();
        SharedRate rate = new SharedRate(simulation, "rate", 1e9);
        EventType[] again = new EventType[1];
        again[0] = simulation.register("again", job -> rate.start(10.0 + job, 1.0 + job % 3, again[0], job));
        for (int job = 0; job < 20; job++) {
            rate.start(1, again[0], job);
        }
        assertNoAllocation(() -> simulation.runEvents(OPERATIONS));
    }

    @Test
    void pool_steadyState_allocatesNothing() {
        Simulation simulation = new Simulation();
        Pool pool = new Pool(simulation, "pool", 10);
        EventType[] types = new EventType[2];
        types[0] = simulation.register("granted", amount -> simulation.schedule(5, types[1], amount));
        types[1] = simulation.register("returned", amount -> {
            pool.release(amount);
            pool.request(amount, types[0], amount);
        });
        for (int amount = 1; amount <= 8; amount++) {
            pool.request(amount, types[0], amount);
        }
        assertNoAllocation(() -> simulation.runEvents(OPERATIONS));
    }

    @Test
    void recorders_steadyState_allocateNothing() {
        LatencyHistogram histogram = new LatencyHistogram();
        TimeWeighted level = new TimeWeighted();
        TimeSeries series = new TimeSeries("level", "1");
        histogram.record(1L << 40);
        long[] now = {0};
        assertNoAllocation(() -> {
            for (int i = 0; i < OPERATIONS; i++) {
                now[0] += 1_000_000;
                histogram.record(now[0] % 1_000_000_007);
                level.set(now[0], i % 10);
                series.set(now[0], i % 10);
            }
        });
    }

    @Test
    void streams_steadyState_allocateNothing() {
        RandomStream stream = RandomStreams.of(1).stream("a");
        Distribution exponential = Distribution.exponential(1);
        Distribution gamma = Distribution.gamma(0.5, 1);
        double[] sum = {0};
        assertNoAllocation(() -> {
            for (int i = 0; i < OPERATIONS; i++) {
                sum[0] += exponential.sample(stream) + gamma.sample(stream) + stream.nextGaussian() + stream.nextInt(7);
            }
        });
        assertTrue(sum[0] > 0);
    }

    private static void assertNoAllocation(Runnable work) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        work.run(); // classes load, arrays grow
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < OPERATIONS / 100, allocated + " bytes in " + OPERATIONS + " operations");
    }
}
