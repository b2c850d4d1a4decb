/** Speed of LLM serving: {@link org.motleysim.bench.serving.ServingSpeed}. */
@NullMarked
package org.motleysim.bench.serving;

import org.jspecify.annotations.NullMarked;
