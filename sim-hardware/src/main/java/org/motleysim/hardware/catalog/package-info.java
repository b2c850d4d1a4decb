/**
 * Facts in files, each with its source: devices ({@link org.motleysim.hardware.catalog.Catalog}) and the fractions of their peaks that
 * kernels were measured to reach ({@link org.motleysim.hardware.catalog.EfficiencyCatalog}).
 *
 * <p>Files are read strictly: an unknown field, a missing one or a wrong unit is an error with its path in the file. Not here: what the
 * facts mean for time and energy ({@code cost}, {@code power}). Start at {@link org.motleysim.hardware.catalog.Catalog}.
 */
@NullMarked
package org.motleysim.hardware.catalog;

import org.jspecify.annotations.NullMarked;
