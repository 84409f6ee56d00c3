package io.nepenthe.sandbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * bwrap: namespaces of the program's own for files, processes, network, users and messages. It sees
 * the system's programs and what its reach names, and writes to what its reach says. All that it
 * started ends with it, and it ends with the thread that started it.
 */
final class Bubblewrap implements Sandbox {
  private final String tool;
  private final String version;
  private final Path devices;
  private final List<String> settings;

  /**
   * Makes one.
   *
   * @param tool path of bwrap
   * @param version name and version, as it says itself
   * @param devices folder of the machine's devices
   * @param settings what programs need of /etc
   */
  Bubblewrap(String tool, String version, Path devices, List<String> settings) {
    this.tool = tool;
    this.version = version;
    this.devices = devices;
    this.settings = List.copyOf(settings);
  }

  /** Returns the one of this machine. */
  static Bubblewrap here(String tool, String version) {
    return new Bubblewrap(tool, version, Path.of("/dev"), SystemFiles.settings());
  }

  @Override
  public String name() {
    return version;
  }

  @Override
  public List<String> command(List<String> program, Reach reach) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(tool, "--unshare-all", "--die-with-parent", "--new-session"));
    command.addAll(List.of("--cap-drop", "ALL", "--proc", "/proc", "--dev", "/dev"));
    bind(command, "--bind", reach.own().toString(), "/tmp");
    all(command, "--ro-bind-try", SystemFiles.PROGRAMS);
    all(command, "--ro-bind-try", settings);
    all(command, "--ro-bind-try", reach.usesGpu() ? SystemFiles.BUSES : SystemFiles.MACHINE);
    if (reach.usesGpu()) {
      all(command, "--dev-bind-try", SystemFiles.gpus(devices));
    }
    reach.readable().forEach(path -> bind(command, "--ro-bind-try", path.toString()));
    reach.writable().forEach(path -> bind(command, "--bind", path.toString()));
    bind(command, "--bind", reach.own().toString());
    command.addAll(List.of("--dir", workingFolder())); // relative paths are the same inside
    // the kernel's settings, which root could write; files in memory, which nobody counts
    command.addAll(List.of("--remount-ro", "/proc", "--remount-ro", "/dev", "--remount-ro", "/"));
    command.add("--");
    command.addAll(program);
    return List.copyOf(command);
  }

  private static String workingFolder() {
    return Path.of("").toAbsolutePath().toString();
  }

  private static void all(List<String> command, String how, List<String> paths) {
    paths.forEach(path -> bind(command, how, path));
  }

  private static void bind(List<String> command, String how, String path) {
    bind(command, how, path, path);
  }

  private static void bind(List<String> command, String how, String from, String to) {
    command.addAll(List.of(how, from, to));
  }
}
