/**
 * A model whose weights exceed the memory of its device, run by bringing layer after layer from the memory of the host: {@link
 * org.motleysim.workloads.llm.streamed.StreamedLayers}. The movements are those of {@code org.motleysim.hardware.memory}; the model card is
 * docs/models/memory.md.
 */
@NullMarked
package org.motleysim.workloads.llm.streamed;

import org.jspecify.annotations.NullMarked;
