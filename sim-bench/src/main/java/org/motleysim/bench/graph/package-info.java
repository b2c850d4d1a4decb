/** Speed of task graphs, chips and shared servers. */
@NullMarked
package org.motleysim.bench.graph;

import org.jspecify.annotations.NullMarked;
