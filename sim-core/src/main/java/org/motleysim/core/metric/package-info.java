/**
 * What a run measures: recorders that fill while it runs, and the frozen numbers it leaves behind.
 *
 * <p>Start at {@link org.motleysim.core.metric.MetricSet}, the named numbers of one run, and at the recorders: {@link
 * org.motleysim.core.metric.Counter} (how many), {@link org.motleysim.core.metric.TimeWeighted} (a level, averaged over time), {@link
 * org.motleysim.core.metric.LatencyHistogram} (a value per observation) and {@link org.motleysim.core.metric.TimeSeries} (a level or a
 * flow over time). The two kinds of average are different things: a queue is as long as it is <i>over time</i>, a request waits as long
 * as it does <i>per request</i>. Recording allocates nothing, and memory does not grow with the length of a run. Recorders belong to
 * one simulation and one thread. All can be reset at the end of a warm-up.
 *
 * <p>Not here: statistics over several runs, and how numbers are shown.
 */
@NullMarked
package org.motleysim.core.metric;

import org.jspecify.annotations.NullMarked;
