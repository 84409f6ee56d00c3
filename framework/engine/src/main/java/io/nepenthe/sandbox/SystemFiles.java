package io.nepenthe.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The files of a system that any program needs, and none of its users'. */
final class SystemFiles {
  /** Programs and libraries. */
  static final List<String> PROGRAMS =
      List.of("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/nix/store", "/gnu/store");

  /** Of /etc, which holds secrets, where libraries are and what time it is. */
  private static final List<String> SETTINGS =
      List.of(
          "/etc/ld.so.cache",
          "/etc/ld.so.conf",
          "/etc/ld.so.conf.d",
          "/etc/alternatives",
          "/etc/localtime");

  /** How many processors there are. Of control groups, a JVM in their namespace sees nonsense. */
  static final List<String> MACHINE = List.of("/sys/devices/system");

  /** By what CUDA finds GPUs. */
  static final List<String> BUSES =
      List.of("/sys/bus", "/sys/class", "/sys/devices", "/sys/module");

  private SystemFiles() {}

  /** Returns what programs need of /etc; there Debian has the settings of a JDK, too. */
  static List<String> settings() {
    List<String> settings = new ArrayList<>(SETTINGS);
    settings.addAll(listing(Path.of("/etc"), "java*"));
    return settings;
  }

  /** Returns the files by which a process reaches NVIDIA's GPUs, also from within WSL. */
  static List<String> gpus(Path devices) {
    List<String> found = new ArrayList<>(listing(devices, "nvidia*"));
    found.addAll(listing(devices, "dxg"));
    return found;
  }

  private static List<String> listing(Path folder, String pattern) {
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, pattern)) {
      entries.forEach(entry -> found.add(entry.toString()));
    } catch (IOException e) {
      return List.of(); // not there: nothing to show
    }
    Collections.sort(found);
    return found;
  }
}
