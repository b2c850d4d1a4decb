/** How fast networks are simulated. */
@NullMarked
package org.motleysim.bench.network;

import org.jspecify.annotations.NullMarked;
