/**
 * What makes results comparable: versions, fidelity and quirks, random streams, content hashes,
 * errors.
 */
@org.jspecify.annotations.NullMarked
package io.nepenthe.protocol;
