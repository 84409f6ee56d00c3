/**
 * What changed between two runs: of every method on every task they share, the differences of
 * memorization, utility and time, paired by seed.
 */
@org.jspecify.annotations.NullMarked
package io.nepenthe.comparison;
