/** Benchmarks of Motley, alone and beside its peers. The run lines stand in each class. */
@NullMarked
package org.motleysim.bench;

import org.jspecify.annotations.NullMarked;
