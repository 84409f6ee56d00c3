/**
 * Which trials stand for a method: eligible trials, winners, shared settings, as pure functions of
 * stored results.
 */
@org.jspecify.annotations.NullMarked
package io.nepenthe.selection;
