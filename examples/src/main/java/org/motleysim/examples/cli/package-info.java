/** The command line of Motley: {@code run}, {@code check}, {@code devices}. */
@NullMarked
package org.motleysim.examples.cli;

import org.jspecify.annotations.NullMarked;
