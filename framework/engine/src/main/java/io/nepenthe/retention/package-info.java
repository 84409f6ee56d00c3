/**
 * What models keep of their forgetting under challenges: pure functions of stored results.
 *
 * <p>Retention is the share of the forgetting that a challenge leaves: 1 if nothing comes back, 0
 * if all does. It is measured on the rows of the challenge, against the original model on the same
 * rows. How a ranking by what is memorized changes under challenges, and what a test tells of a
 * single method, stands beside it.
 */
@org.jspecify.annotations.NullMarked
package io.nepenthe.retention;
