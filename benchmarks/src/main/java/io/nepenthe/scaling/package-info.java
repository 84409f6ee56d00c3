/** How long a plan takes on many machines, by simulation. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.scaling;
