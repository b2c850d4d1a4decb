/**
 * Memory of installed machines: {@link org.motleysim.hardware.memory.MemoryPool} hands out capacity and refuses what does not fit, {@link
 * org.motleysim.hardware.memory.Mover} moves bytes between the tiers of a {@link org.motleysim.hardware.memory.TierMap}, {@link
 * org.motleysim.hardware.memory.Prefetcher} does so ahead of use. The model card is docs/models/memory.md.
 *
 * <p>Not here: paging and blocks of a workload; those divide what they have reserved.
 */
@NullMarked
package org.motleysim.hardware.memory;

import org.jspecify.annotations.NullMarked;
