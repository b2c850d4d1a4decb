/**
 * Programs that turn public measurements into the small tables that ship with Motley; each says the one command that runs it. {@link
 * org.motleysim.bench.calibration.Calibrate} fits what kernels reach and draw. Deterministic; the measurements are never copied.
 */
@NullMarked
package org.motleysim.bench.calibration;

import org.jspecify.annotations.NullMarked;
