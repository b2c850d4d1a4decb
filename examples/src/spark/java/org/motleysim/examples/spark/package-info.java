/** Studies on Apache Spark. Built only with the profile {@code spark}, so that nobody else downloads it. */
@NullMarked
package org.motleysim.examples.spark;

import org.jspecify.annotations.NullMarked;
