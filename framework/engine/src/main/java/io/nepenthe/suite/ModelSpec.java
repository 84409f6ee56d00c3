package io.nepenthe.suite;

import io.nepenthe.model.Gpt2Config;

/**
 * The size of a task's GPT-2; vocabulary and positions follow from the data.
 *
 * @param layers number of blocks
 * @param width embedding width
 * @param heads attention heads, a divisor of the width
 */
public record ModelSpec(int layers, int width, int heads) {
  /** Returns TinyMem's configuration of this size. */
  Gpt2Config config(int vocabulary, int positions) {
    return Gpt2Config.tinyMem(vocabulary, positions, width, layers, heads);
  }
}
