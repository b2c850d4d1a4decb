package org.motleysim.hardware.dispatch;

import java.util.ArrayDeque;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;

/**
 * A stream of a device and the thread that feeds it, inside a simulation. Several sequences may be submitted at any time, by one thread
 * each after the other; they run in order. Used by the thread of its simulation.
 *
 * <pre>{@code
 * var stream = new LaunchQueue(simulation, host);
 * stream.submit(new double[] {5e-6, 3e-6, 8e-6}, () -> finished(simulation.now()));
 * }</pre>
 */
public final class LaunchQueue {
    private final Simulation simulation;
    private final Host host;
    private final EventType called;
    private final EventType arrived;
    private final EventType ended;
    private final ArrayDeque<Sequence> waiting = new ArrayDeque<>();
    private final ArrayDeque<Launch> queue = new ArrayDeque<>();
    private boolean calling;
    private boolean running;
    private int outstanding;
    private long kernels;
    private long hostNanos;
    private long deviceNanos;
    private long queuedNanos;
    private long lastCalledAt = -1;

    /** Creates an idle stream. */
    public LaunchQueue(Simulation simulation, Host host) {
        this.simulation = simulation;
        this.host = host;
        this.called = simulation.register("kernel launched", ignored -> onCalled());
        this.arrived = simulation.register("kernel arrived", ignored -> start());
        this.ended = simulation.register("kernel ended", ignored -> onEnded());
    }

    /** Kernels of one caller, and how far the thread has come with them. */
    private static final class Sequence {
        private final long[] nanos;
        private final Runnable whenDone;
        private int next;

        Sequence(long[] nanos, Runnable whenDone) {
            this.nanos = nanos;
            this.whenDone = whenDone;
        }

        boolean last() {
            return next == nanos.length;
        }
    }

    /** A kernel between its call and its end; the last one of a sequence tells the caller. */
    private record Launch(long nanos, long calledAt, long readyAt, Sequence of, boolean last) {}

    /**
     * Launches kernels as soon as the thread has launched all that came before.
     *
     * @param kernelSeconds what each takes on the device, in order
     * @param whenDone runs when the last of them ends; at once if there are none
     */
    public void submit(double[] kernelSeconds, Runnable whenDone) {
        var nanos = new long[kernelSeconds.length];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = SimTime.nanos(kernelSeconds[i]);
        }
        if (nanos.length == 0) {
            whenDone.run();
            return;
        }
        waiting.add(new Sequence(nanos, whenDone));
        call();
    }

    /** Returns what happened so far, as {@link LaunchTimes} counts it, from the start of the simulation. */
    public LaunchTimes times() {
        return new LaunchTimes(
                kernels,
                SimTime.seconds(simulation.now()),
                SimTime.seconds(hostNanos),
                SimTime.seconds(deviceNanos),
                SimTime.seconds(queuedNanos));
    }

    /** Kernels launched and not yet finished. */
    public int outstanding() {
        return outstanding;
    }

    private void call() {
        Sequence sequence = waiting.peek();
        if (calling || sequence == null || outstanding >= host.queueDepth()) {
            return;
        }
        calling = true;
        boolean graph = host.mode() == LaunchMode.GRAPH;
        long busy = SimTime.nanos(graph ? host.perGraph() : host.perKernel());
        long now = simulation.now();
        long ready = now + Math.max(busy, SimTime.nanos(host.launchLatency()));
        hostNanos += busy;
        do {
            queue.add(new Launch(sequence.nanos[sequence.next++], now, ready, sequence, sequence.last()));
            outstanding++;
        } while (graph && !sequence.last());
        if (sequence.last()) {
            waiting.remove();
        }
        simulation.schedule(busy, called, 0);
        simulation.scheduleAt(ready, arrived, 0);
    }

    private void onCalled() {
        calling = false;
        call();
    }

    private void start() {
        Launch next = queue.peek();
        if (running || next == null || next.readyAt > simulation.now()) {
            return;
        }
        running = true;
        kernels++;
        // Kernels of a graph wait for each other, not for the host: only the first is counted.
        if (host.mode() == LaunchMode.EAGER || next.calledAt != lastCalledAt) {
            queuedNanos += simulation.now() - next.calledAt;
        }
        lastCalledAt = next.calledAt;
        deviceNanos += next.nanos;
        simulation.schedule(next.nanos, ended, 0);
    }

    private void onEnded() {
        Launch done = queue.remove();
        running = false;
        outstanding--;
        start();
        call();
        if (done.last()) {
            done.of().whenDone.run();
        }
    }
}
