/** Programs that turn public measurements into the small tables that ship with Motley; each says the one command that runs it. */
@NullMarked
package org.motleysim.bench.calibration;

import org.jspecify.annotations.NullMarked;
