/** Greedy: zeroes MLP weights one by one, each where it helps most to forget and to keep. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.greedy;
