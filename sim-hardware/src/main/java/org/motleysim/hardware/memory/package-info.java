/**
 * Memory of an installed device: {@link org.motleysim.hardware.memory.MemoryPool} hands out capacity and refuses what does not fit.
 *
 * <p>Not here: paging and blocks of a workload; those divide what they have reserved.
 */
@NullMarked
package org.motleysim.hardware.memory;

import org.jspecify.annotations.NullMarked;
