package io.nepenthe.extraction;

import io.nepenthe.task.TextEncoding;

/** Characters as ids. */
final class Characters implements TextEncoding {
  @Override
  public String identity() {
    return "characters";
  }

  @Override
  public int size() {
    return 256;
  }

  @Override
  public int[] encode(String text) {
    return text.chars().toArray();
  }

  @Override
  public String decode(int[] ids) {
    return new String(ids, 0, ids.length);
  }
}
