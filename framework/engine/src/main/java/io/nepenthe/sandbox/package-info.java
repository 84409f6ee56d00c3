/** Keeps processes with foreign code from what they have no business with. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.sandbox;
