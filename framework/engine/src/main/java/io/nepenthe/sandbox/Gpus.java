package io.nepenthe.sandbox;

import java.nio.file.Path;
import java.util.List;

/** The files by which a process reaches NVIDIA's GPUs. */
final class Gpus {
  private Gpus() {}

  static List<String> devices() {
    return Listing.of(Path.of("/dev"), "nvidia*");
  }
}
