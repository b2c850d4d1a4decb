/** How fast cost models answer. Start at {@link org.motleysim.bench.cost.QueryBenchmark}. */
@NullMarked
package org.motleysim.bench.cost;

import org.jspecify.annotations.NullMarked;
