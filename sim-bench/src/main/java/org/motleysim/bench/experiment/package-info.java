/** How fast studies are, and what becomes of them when they are killed. */
@NullMarked
package org.motleysim.bench.experiment;

import org.jspecify.annotations.NullMarked;
