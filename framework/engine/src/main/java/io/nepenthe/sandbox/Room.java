package io.nepenthe.sandbox;

import java.nio.file.Path;
import java.util.List;

/**
 * What a contained process may reach of the file system, beside the system's own programs and
 * libraries.
 *
 * @param own its folder for temporary files, where it starts; nobody else's
 * @param readable files and folders it may read
 * @param writable folders it may write
 * @param usesGpu true if it is to see GPUs
 */
public record Room(Path own, List<Path> readable, List<Path> writable, boolean usesGpu) {
  /** Copies the lists. */
  public Room {
    readable = List.copyOf(readable);
    writable = List.copyOf(writable);
  }
}
