package io.nepenthe.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Memory that other processes hold, where the system tells it (Linux). */
public final class ResidentMemory {
  /** What can only be swapped out; pages of files, such as libraries, can be read again. */
  private static final List<String> PARTS = List.of("RssAnon:", "RssShmem:");

  private ResidentMemory() {}

  /** Returns what a process and all that it started hold, in bytes; 0 where nobody tells. */
  public static long bytes(ProcessHandle root) {
    return Stream.concat(Stream.of(root), root.descendants())
        .mapToLong(process -> bytes(Path.of("/proc", Long.toString(process.pid()), "status")))
        .sum();
  }

  static long bytes(Path status) {
    try {
      String told = new String(Files.readAllBytes(status), StandardCharsets.ISO_8859_1);
      return told.lines()
          .filter(line -> PARTS.stream().anyMatch(line::startsWith))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException | NumberFormatException e) {
      return 0; // gone by now, or not Linux
    }
  }
}
