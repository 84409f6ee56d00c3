/**
 * Statistics over the seeds of a run, and what may be said of differences between methods.
 *
 * <p>Everything here is a pure function of numbers: no method, no trial, no clock. The few seeds of
 * a run (the paper's suites have three) are the reason for most of it: tests that pair by seed,
 * correction over methods, and rankings that say which places they cannot tell apart (EVALUATION 5:
 * report mean, min, max and each seed). Where seeds are many, there is more: mean ranks and what of
 * them is told apart, what three of the seeds would have said, and how many a difference needs.
 */
@org.jspecify.annotations.NullMarked
package io.nepenthe.statistics;
