package org.motleysim.hardware.cluster;

import java.util.List;
import java.util.Optional;
import org.motleysim.core.engine.EventHandle;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.Priority;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.metric.TimeWeighted;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.hardware.fault.OutageProcess;
import org.motleysim.hardware.price.PriceModel;
import org.motleysim.hardware.price.SpotLevelFeed;
import org.motleysim.hardware.price.SpotMarket;

/**
 * The spot market of one group in a run: moves the price of its devices, takes them away and gives them back.
 *
 * <p>Two ways to lose a device: an interruption takes one; a price above the bid takes all. Both are announced by the notice of the
 * market. An announced loss by price is withdrawn when the price comes back to the bid in time. Devices come back at the first price that
 * the bid covers.
 */
final class GroupMarket implements OutageProcess.Listener {
    private final DeviceGroup group;
    private final PriceModel price;
    private final SpotMarket market;
    private final List<Device> devices;
    private final Simulation simulation;
    private final SpotLevelFeed feed;
    private final TimeWeighted level;
    private final EventType change;
    private final EventType outbid;
    private final long noticeNanos;
    private final int[] taken;
    private final Optional<OutageProcess> interruptions;
    private boolean lost;
    private long pendingChange = EventHandle.NONE;
    private long pendingLoss = EventHandle.NONE;

    GroupMarket(
            DeviceGroup group,
            PriceModel price,
            SpotMarket market,
            List<Device> devices,
            Simulation simulation,
            RandomStreams streams) {
        String name = "spot." + group.name();
        this.group = group;
        this.price = price;
        this.market = market;
        this.devices = devices;
        this.simulation = simulation;
        this.feed = new SpotLevelFeed(market.level(), streams.stream(name + ".level"));
        this.level = new TimeWeighted(simulation.now(), feed.level());
        this.change = simulation.register(name + ".level", unused -> nextLevel());
        this.outbid = simulation.register(name + ".outbid", unused -> lose());
        this.noticeNanos = SimTime.nanos(market.notice());
        this.taken = new int[devices.size()];
        this.interruptions = market.interruptions()
                .map(law -> new OutageProcess(
                        simulation, law, devices.size(), streams, name + ".interruption", noticeNanos, this));
        devices.forEach(device -> device.health().expose());
    }

    void start() {
        scheduleChange();
        reprice();
        if (isOutbid()) {
            lose(); // nobody would have given them
        }
        interruptions.ifPresent(OutageProcess::start);
    }

    void stop() {
        simulation.cancel(pendingChange);
        simulation.cancel(pendingLoss);
        interruptions.ifPresent(OutageProcess::stop);
    }

    String name() {
        return group.name();
    }

    /** The mean price over the time so far, as a share of the price on demand. */
    double meanLevel() {
        return level.mean(simulation.now());
    }

    private boolean isOutbid() {
        return market.bid().isPresent() && feed.level() > market.bid().getAsDouble();
    }

    private void scheduleChange() {
        long nanos = feed.untilNext(simulation.now());
        if (nanos >= 0) {
            pendingChange = simulation.schedule(nanos, Priority.RELEASE, change, 0);
        }
    }

    private void nextLevel() {
        feed.next();
        level.set(simulation.now(), feed.level());
        reprice();
        scheduleChange();
        boolean announced = pendingLoss != EventHandle.NONE;
        if (isOutbid() && !lost && !announced) {
            if (noticeNanos == 0) {
                lose();
            } else {
                pendingLoss = simulation.schedule(noticeNanos, Priority.RELEASE, outbid, 0);
                devices.forEach(device -> device.health().warn());
            }
        } else if (!isOutbid() && announced) {
            simulation.cancel(pendingLoss);
            pendingLoss = EventHandle.NONE;
            devices.forEach(device -> device.health().withdrawWarning());
        } else if (!isOutbid() && lost) {
            lost = false;
            for (int i = 0; i < taken.length; i++) {
                giveBack(i);
            }
        }
    }

    private void lose() {
        boolean announced = pendingLoss != EventHandle.NONE;
        pendingLoss = EventHandle.NONE;
        lost = true;
        for (int i = 0; i < taken.length; i++) {
            take(i);
            if (announced) {
                devices.get(i).health().warningOver();
            }
        }
    }

    @Override
    public void warned(int device) {
        devices.get(device).health().warn();
    }

    @Override
    public void down(int device) {
        take(device);
        if (noticeNanos > 0) {
            devices.get(device).health().warningOver();
        }
    }

    @Override
    public void up(int device) {
        giveBack(device);
    }

    private void take(int index) {
        // Work is charged at the old price up to the loss, so the loss comes first.
        devices.get(index).health().fail();
        taken[index]++;
        reprice(index);
    }

    private void giveBack(int index) {
        taken[index]--;
        reprice(index);
        devices.get(index).health().repair();
    }

    private void reprice() {
        for (int i = 0; i < taken.length; i++) {
            reprice(i);
        }
    }

    private void reprice(int index) {
        Device device = devices.get(index);
        device.reprice(price.tariff(device.spec(), taken[index] > 0 ? 0 : feed.level()));
    }
}
