package io.nepenthe.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What downloads and other programs leave in the place of a file, told by its first bytes. */
public final class WrongContent {
  private static final int START = 64;
  private static final String LFS_POINTER = "version https://git-lfs.github.com";

  private WrongContent() {}

  /** Returns true if Git left its pointer in the place of a large file. */
  public static boolean isLfsPointer(Path file) throws IOException {
    return text(start(file)).startsWith(LFS_POINTER);
  }

  /** Returns what a file is, and what to do, if it is of a kind that no model or rows are. */
  public static Optional<String> of(Path file) throws IOException {
    byte[] start = start(file);
    String text = text(start);
    String words = text.strip().toLowerCase(Locale.ROOT);
    if (text.startsWith(LFS_POINTER)) {
      return Optional.of("is a Git LFS pointer in place of the file; get it by 'git lfs pull'");
    }
    if (words.startsWith("<!doctype") || words.startsWith("<html") || words.startsWith("<?xml")) {
      return Optional.of("is a web page in place of the file; download it again");
    }
    if (start.length > 1 && start[0] == (byte) 0x80 && start[1] > 0 && start[1] < 6) {
      return Optional.of("is a pickle, which can run code; save the model as safetensors");
    }
    if (text.startsWith("PK\3\4")) {
      return Optional.of(
          "is a zip archive, as torch.save and spreadsheets write; save it in the right format");
    }
    for (String other : new String[] {"GGUF", "\u0089HDF", "\u0093NUMPY", "PAR1", "\u001f\u008b"}) {
      if (text.startsWith(other)) {
        return Optional.of(
            "is a file of another kind ("
                + (other.length() > 2 ? other.replaceAll("[^A-Z0-9]", "") : "gzip")
                + "); save it in the right format");
      }
    }
    return Optional.empty();
  }

  /** Returns how a file begins, if that is text. */
  public static Optional<String> textOf(Path file) throws IOException {
    String text = text(start(file)).strip();
    return !text.isEmpty() && text.chars().allMatch(c -> (c >= ' ' && c < 0x7f) || c == '\n')
        ? text.lines().findFirst()
        : Optional.empty();
  }

  private static byte[] start(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(START);
      byte[] mark = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
      return Arrays.mismatch(start, mark) == mark.length
          ? Arrays.copyOfRange(start, mark.length, start.length)
          : start;
    }
  }

  /** One character a byte. */
  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
