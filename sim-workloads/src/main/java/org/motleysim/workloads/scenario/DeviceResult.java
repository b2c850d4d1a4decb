package org.motleysim.workloads.scenario;

import java.util.Optional;
import org.motleysim.core.metric.Series;
import org.motleysim.hardware.device.DeviceSpec;

/**
 * What one device did in a run.
 *
 * @param name its name, such as {@code h100-0}
 * @param group the group it belongs to
 * @param spec what it is
 * @param utilization share of the run in which it was busy, in [0, 1]
 * @param joules what it drew, idle power included
 * @param usd what it cost
 * @param idleJoules the part of {@code joules} drawn while it was not busy
 * @param idleUsd the part of {@code usd} for the time in which it was not busy
 * @param power its mean power over time, in watts
 * @param busy the share of time in which it was busy, over time
 * @param control its clock, heat and charge, if its group has a power setup
 */
public record DeviceResult(
        String name,
        String group,
        DeviceSpec spec,
        double utilization,
        double joules,
        double usd,
        double idleJoules,
        double idleUsd,
        Series power,
        Series busy,
        Optional<PowerResult> control) {}
