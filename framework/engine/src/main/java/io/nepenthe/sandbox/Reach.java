package io.nepenthe.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a contained program reaches of the files of the machine, beside the system's own programs
 * and libraries. Paths are absolute, and the same inside and outside.
 *
 * @param own folder that it starts in, and keeps temporary files in; nobody else's
 * @param readable files and folders it may read; those that are not there are left out
 * @param writable folders it may write
 * @param usesGpu true if it computes on a GPU
 */
public record Reach(Path own, List<Path> readable, List<Path> writable, boolean usesGpu) {
  /** Makes the paths absolute, and names each once. */
  public Reach {
    own = own.toAbsolutePath();
    readable = absolute(readable).filter(Files::exists).toList();
    writable = absolute(writable).toList();
  }

  /** Returns the reach of a program that needs nothing but the system's libraries. */
  public static Reach ofOwn(Path own) {
    return new Reach(own, List.of(), List.of(), false);
  }

  private static Stream<Path> absolute(Collection<Path> paths) {
    return paths.stream().map(Path::toAbsolutePath).map(Path::normalize).distinct();
  }
}
