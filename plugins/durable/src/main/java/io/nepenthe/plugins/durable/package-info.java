/** Durable: zeroes the weights with the largest gradient on memorized text. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.durable;
