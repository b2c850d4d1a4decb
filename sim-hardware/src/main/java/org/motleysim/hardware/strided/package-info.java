/**
 * Data that lies in many small pieces and has to be sent: what a copy per piece costs against a kernel that packs them. See {@link
 * org.motleysim.hardware.strided.StridedBlocks}.
 */
@NullMarked
package org.motleysim.hardware.strided;

import org.jspecify.annotations.NullMarked;
