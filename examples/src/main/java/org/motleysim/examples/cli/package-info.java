/**
 * The command line of Motley: {@code run}, {@code check}, {@code devices}, {@code models}, {@code schema},
 * {@code reproduce}.
 *
 * <p>Start at {@link org.motleysim.examples.cli.Motley}. Everything it does is a few calls of the library; nothing is computed here.
 */
@NullMarked
package org.motleysim.examples.cli;

import org.jspecify.annotations.NullMarked;
