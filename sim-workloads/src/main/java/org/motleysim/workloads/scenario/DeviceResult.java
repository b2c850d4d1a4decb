package org.motleysim.workloads.scenario;

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
 * @param power its mean power over time, in watts
 */
public record DeviceResult(
        String name, String group, DeviceSpec spec, double utilization, double joules, double usd, Series power) {}
