/**
 * The energy a run used: measured where the machine's counters can be read, and estimated from node
 * hours by the paper's equations 4 and 5 (section A.6) for any machine that a profile describes.
 */
@org.jspecify.annotations.NullMarked
package io.nepenthe.energy;
