/** Calibration and speed of collectives. */
@NullMarked
package org.motleysim.bench.collective;

import org.jspecify.annotations.NullMarked;
