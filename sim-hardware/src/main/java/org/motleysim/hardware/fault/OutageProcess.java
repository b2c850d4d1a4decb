package org.motleysim.hardware.fault;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.motleysim.core.engine.EventHandle;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.Priority;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.random.RandomStream;
import org.motleysim.core.random.RandomStreams;

/**
 * Outages of some devices in a run: tells when each goes down and when it is up again. Each device has a random stream of its own, so
 * that another device more, or another seed for another thing, shifts nobody's failures.
 *
 * <p>It never comes to an end by itself unless it is recorded: {@link #stop} it when nobody works any more. Used by the thread of the
 * simulation.
 */
public final class OutageProcess {
    /** Learns what happens; a device that is down goes up before it goes down again. */
    public interface Listener {
        /** The device is out of order from now on. */
        void down(int device);

        /** The device works again. */
        void up(int device);

        /** The device will go down before long: told the notice before {@link #down}, or less when its whole time up is shorter. */
        default void warned(int device) {}
    }

    private final Simulation simulation;
    private final Listener listener;
    private final EventType down;
    private final EventType up;
    private final EventType warning;
    private final long noticeNanos;
    private final long[] pending;
    private final long[] pendingWarning;
    private final Law law;
    private boolean stopped;

    /** Where the times come from. */
    private sealed interface Law permits Drawn, Replayed {
        /** Nanoseconds until the device fails; -1 if it never does. */
        long untilFailure(int device);

        /** The device has failed: starts its repair, or lets it wait. */
        void failed(int device);

        /** The device is repaired. */
        void repaired(int device);
    }

    /**
     * Binds outages to a run; nothing happens before {@link #start}.
     *
     * @param simulation the run
     * @param outages what happens
     * @param devices how many devices there are
     * @param streams the randomness of the run
     * @param name of the process, unique in the run: names its random streams and its events
     * @param listener is told
     */
    public OutageProcess(
            Simulation simulation,
            Outages outages,
            int devices,
            RandomStreams streams,
            String name,
            Listener listener) {
        this(simulation, outages, devices, streams, name, 0, listener);
    }

    /**
     * Binds outages that are announced to a run; nothing happens before {@link #start}.
     *
     * @param simulation the run
     * @param outages what happens
     * @param devices how many devices there are
     * @param streams the randomness of the run
     * @param name of the process, unique in the run: names its random streams and its events
     * @param noticeNanos time between the announcement of an outage and the outage, zero or more; zero: it comes unannounced
     * @param listener is told
     */
    public OutageProcess(
            Simulation simulation,
            Outages outages,
            int devices,
            RandomStreams streams,
            String name,
            long noticeNanos,
            Listener listener) {
        if (noticeNanos < 0) {
            throw new IllegalArgumentException("noticeNanos (" + noticeNanos + ") must be zero or more");
        }
        this.simulation = simulation;
        this.listener = listener;
        this.noticeNanos = noticeNanos;
        this.pendingWarning = new long[devices];
        Arrays.fill(pendingWarning, EventHandle.NONE);
        this.warning = simulation.register(name + ".notice", device -> warn((int) device));
        this.pending = new long[devices];
        Arrays.fill(pending, EventHandle.NONE);
        this.down = simulation.register(name + ".down", device -> goDown((int) device));
        this.up = simulation.register(name + ".up", device -> goUp((int) device));
        this.law = outages instanceof RenewalOutages renewal
                ? new Drawn(renewal, devices, streams, name)
                : new Replayed((RecordedOutages) outages, devices);
    }

    /** Starts the clock of each device. */
    public void start() {
        for (int device = 0; device < pending.length; device++) {
            awaitFailure(device);
        }
    }

    /** Lets nothing more happen. */
    public void stop() {
        stopped = true;
        for (int device = 0; device < pending.length; device++) {
            simulation.cancel(pending[device]);
            simulation.cancel(pendingWarning[device]);
        }
    }

    private void awaitFailure(int device) {
        long nanos = law.untilFailure(device);
        if (nanos >= 0) {
            // Before other events of the same instant, so that work that ends just then meets a device that is down.
            pending[device] = simulation.schedule(nanos, Priority.RELEASE, down, device);
            if (noticeNanos > 0) {
                pendingWarning[device] =
                        simulation.schedule(Math.max(0, nanos - noticeNanos), Priority.RELEASE, warning, device);
            }
        }
    }

    private void warn(int device) {
        pendingWarning[device] = EventHandle.NONE;
        listener.warned(device);
    }

    private void goDown(int device) {
        pending[device] = EventHandle.NONE;
        listener.down(device);
        if (!stopped) {
            law.failed(device);
        }
    }

    private void goUp(int device) {
        pending[device] = EventHandle.NONE;
        law.repaired(device);
        listener.up(device);
        if (!stopped) {
            awaitFailure(device);
        }
    }

    private void repair(int device, long nanos) {
        pending[device] = simulation.schedule(nanos, Priority.RELEASE, up, device);
    }

    private final class Drawn implements Law {
        private final RenewalOutages outages;
        private final RandomStream[] uptimes;
        private final RandomStream[] downtimes;
        private final Deque<Integer> waiting = new ArrayDeque<>();
        private int repairing;

        Drawn(RenewalOutages outages, int devices, RandomStreams streams, String name) {
            this.outages = outages;
            this.uptimes = new RandomStream[devices];
            this.downtimes = new RandomStream[devices];
            for (int i = 0; i < devices; i++) {
                uptimes[i] = streams.stream(name + "/up", i);
                downtimes[i] = streams.stream(name + "/down", i);
            }
        }

        @Override
        public long untilFailure(int device) {
            return SimTime.nanos(outages.uptime().sample(uptimes[device]));
        }

        @Override
        public void failed(int device) {
            if (repairing < outages.crews()) {
                begin(device);
            } else {
                waiting.addLast(device);
            }
        }

        @Override
        public void repaired(int device) {
            repairing--;
            if (!waiting.isEmpty()) {
                begin(waiting.removeFirst());
            }
        }

        private void begin(int device) {
            repairing++;
            // At least a nanosecond, so that time goes on whatever the distributions.
            repair(device, Math.max(1, SimTime.nanos(outages.downtime().sample(downtimes[device]))));
        }
    }

    private final class Replayed implements Law {
        private final List<Outage> outages;
        private final int[] next;
        private final int[] end;

        Replayed(RecordedOutages recorded, int devices) {
            if (recorded.lastDevice() >= devices) {
                throw new IllegalArgumentException("device (" + recorded.lastDevice()
                        + ") of the recorded outages must be below the number of devices (" + devices + ")"
                        + "\nMaybe devices are numbered from 1 in the file; here they are from 0.");
            }
            this.outages = recorded.outages();
            this.next = new int[devices];
            this.end = new int[devices];
            for (int i = 0; i < outages.size(); i++) {
                int device = outages.get(i).device();
                if (end[device] == 0) {
                    next[device] = i;
                }
                end[device] = i + 1;
            }
        }

        @Override
        public long untilFailure(int device) {
            return next[device] < end[device]
                    ? Math.max(0, SimTime.nanos(outages.get(next[device]).downSeconds()) - simulation.now())
                    : -1;
        }

        @Override
        public void failed(int device) {
            long until = SimTime.nanos(outages.get(next[device]++).upSeconds());
            repair(device, Math.max(1, until - simulation.now()));
        }

        @Override
        public void repaired(int device) {
            // What comes next is in the record.
        }
    }
}
