/**
 * Names that people type: finding the one they probably meant.
 *
 * <p>Here: {@link org.motleysim.core.name.NearestName}, used in every "Maybe ..." line. Not here: what the names stand for.
 */
@NullMarked
package org.motleysim.core.name;

import org.jspecify.annotations.NullMarked;
