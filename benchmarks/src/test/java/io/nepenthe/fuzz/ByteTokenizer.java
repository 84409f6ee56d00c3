package io.nepenthe.fuzz;

import io.nepenthe.task.Tokenizer;
import java.nio.charset.StandardCharsets;

/** Bytes as ids. */
final class ByteTokenizer implements Tokenizer {
  @Override
  public String name() {
    return "bytes";
  }

  @Override
  public String title() {
    return "Bytes";
  }

  @Override
  public String identity() {
    return "bytes/1";
  }

  @Override
  public int size() {
    return 257;
  }

  @Override
  public int endOfText() {
    return 256;
  }

  @Override
  public int comma() {
    return ',';
  }

  @Override
  public int[] encode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int[] ids = new int[bytes.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = bytes[i] & 0xff;
    }
    return ids;
  }

  @Override
  public String decode(int[] ids) {
    byte[] bytes = new byte[ids.length];
    for (int i = 0; i < ids.length; i++) {
      bytes[i] = (byte) ids[i];
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
