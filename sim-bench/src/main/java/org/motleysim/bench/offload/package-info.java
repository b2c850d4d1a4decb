/** Speed of edge offloading, and side by side with a peer. */
@NullMarked
package org.motleysim.bench.offload;

import org.jspecify.annotations.NullMarked;
