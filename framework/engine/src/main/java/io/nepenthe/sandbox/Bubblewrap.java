package io.nepenthe.sandbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * bwrap: namespaces of its own for files, processes, network, users and messages. The process sees
 * the system's programs, what its room names, and nothing else; all that it started ends with it.
 */
public final class Bubblewrap implements Sandbox {
  private static final List<String> SYSTEM =
      List.of("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/nix/store", "/gnu/store");

  /** Of /etc, what a JVM needs to start; it holds secrets, too. */
  private static final List<String> SETTINGS =
      List.of(
          "/etc/ld.so.cache",
          "/etc/ld.so.conf",
          "/etc/ld.so.conf.d",
          "/etc/alternatives",
          "/etc/localtime");

  private final String tool;
  private final List<String> javaSettings;

  /**
   * Makes one.
   *
   * @param tool path of bwrap
   * @param javaSettings further folders of /etc that the JDK needs: Debian keeps its settings there
   */
  public Bubblewrap(String tool, List<String> javaSettings) {
    this.tool = tool;
    this.javaSettings = List.copyOf(javaSettings);
  }

  @Override
  public String name() {
    return "bubblewrap";
  }

  @Override
  public List<String> command(List<String> program, Room room) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(tool, "--unshare-all", "--die-with-parent", "--new-session"));
    command.addAll(List.of("--cap-drop", "ALL"));
    command.addAll(List.of("--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"));
    SYSTEM.forEach(path -> bind(command, "--ro-bind-try", path));
    SETTINGS.forEach(path -> bind(command, "--ro-bind-try", path));
    javaSettings.forEach(path -> bind(command, "--ro-bind-try", path));
    bind(command, "--ro-bind-try", "/sys/fs/cgroup"); // what memory and processors a JVM has
    bind(command, "--ro-bind-try", "/sys/devices/system/cpu");
    if (room.usesGpu()) {
      Gpus.devices().forEach(path -> bind(command, "--dev-bind-try", path));
    }
    room.readable().forEach(path -> bind(command, "--ro-bind", path.toString()));
    room.writable().forEach(path -> bind(command, "--bind", path.toString()));
    bind(command, "--bind", room.own().toString());
    command.addAll(List.of("--chdir", room.own().toString(), "--"));
    command.addAll(program);
    return List.copyOf(command);
  }

  private static void bind(List<String> command, String how, String path) {
    command.addAll(List.of(how, path, path));
  }

  /** Returns the folders of /etc that belong to a JDK. */
  static List<String> javaSettings(Path etc) {
    return Listing.of(etc, "java*");
  }
}
