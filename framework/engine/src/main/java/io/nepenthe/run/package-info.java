/** Executes a suite from start to end, again and again until it is complete. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.run;
