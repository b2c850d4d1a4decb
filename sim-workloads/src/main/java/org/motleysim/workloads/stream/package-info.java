/**
 * Filter pipelines that are driven by a rate: sources send samples through stages that join, compute and reject, and each operation and each
 * bit costs energy ({@link org.motleysim.workloads.stream.Pipeline}).
 *
 * <p>Not here: queues and latencies; rates are means. Start at {@link org.motleysim.workloads.stream.Pipeline}.
 */
@NullMarked
package org.motleysim.workloads.stream;

import org.jspecify.annotations.NullMarked;
