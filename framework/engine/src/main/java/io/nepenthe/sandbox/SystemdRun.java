package io.nepenthe.sandbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * systemd-run: a unit of the service manager, with namespaces of its own for files, network, users
 * and messages, and a control group that ends as one. util-linux adds the namespace of processes,
 * which units have since version 257 only, and takes the last rights away.
 *
 * <p>The manager starts the unit, and not the process that asked for it. So the unit gets the
 * environment by a file in its own folder, watches that process, and ends within a second of it.
 */
final class SystemdRun implements Sandbox {
  /** What asks for the unit: it leaves its environment, and says who it is. */
  private static final String CLIENT =
      """
      set -C
      rm -f "$1" && export -p > "$1" || exit 125
      export XDG_RUNTIME_DIR="/run/user/$(id -u)"
      tool=$2; shift 2
      exec "$tool" --setenv=NEPENTHE_CLIENT=$$ "$@\"""";

  /** The unit's first process: it starts the program, and ends it when nobody waits for it. */
  private static final String UNIT =
      """
      client=$NEPENTHE_CLIENT
      exec 3<&0
      unshare --user --map-current-user --pid --fork --kill-child --mount-proc \
        /bin/sh -c "$0" sh "$@" <&3 3<&- &
      program=$!
      { while kill -0 "$client"; do sleep 1; done; kill -9 "$program"; } <&- >/dev/null 2>&1 3<&- &
      exec <&- >/dev/null 3<&-
      wait "$program\"""";

  /** The first process of the program's own namespace, which no signal from within ends. */
  private static final String INSIDE =
      """
      mount -o remount,bind,ro /proc || exit 125
      setpriv --bounding-set=-all --inh-caps=-all -- \
        env -i /bin/sh -c '. "$1"; shift; exec "$@"' sh "$@"
      exit $?""";

  /** What a unit is told, whatever it reaches. */
  private static final List<String> PROPERTIES =
      List.of(
          "PrivateUsers=yes",
          "PrivateNetwork=yes",
          "PrivateIPC=yes",
          "PrivateDevices=yes",
          "TemporaryFileSystem=/:ro /dev/shm:ro",
          "BindPaths=/proc", // under the program's own
          "NoNewPrivileges=yes",
          "KillMode=control-group",
          "TimeoutStopSec=1");

  private final String tool;
  private final String version;
  private final Manager manager;
  private final Path devices;
  private final List<String> settings;
  private final long memoryBytes;

  /** Whose units these are: the user's manager, or that of the system, which asks for root. */
  enum Manager {
    USER,
    SYSTEM
  }

  /**
   * Makes one.
   *
   * @param tool path of systemd-run
   * @param version name and version, as it says itself
   * @param devices folder of the machine's devices
   * @param settings what programs need of /etc
   * @param memoryBytes memory that a unit may hold; {@link Long#MAX_VALUE} if that is not limited
   */
  SystemdRun(
      String tool,
      String version,
      Manager manager,
      Path devices,
      List<String> settings,
      long memoryBytes) {
    this.tool = tool;
    this.version = version;
    this.manager = manager;
    this.devices = devices;
    this.settings = List.copyOf(settings);
    this.memoryBytes = memoryBytes;
  }

  /** Returns that of this machine's user. */
  static SystemdRun ofUser(String tool, String version) {
    return here(tool, version, Manager.USER);
  }

  /** Returns that of this machine. */
  static SystemdRun ofSystem(String tool, String version) {
    return here(tool, version, Manager.SYSTEM);
  }

  private static SystemdRun here(String tool, String version, Manager manager) {
    return new SystemdRun(
        tool, version, manager, Path.of("/dev"), SystemFiles.settings(), Long.MAX_VALUE);
  }

  @Override
  public String name() {
    return version;
  }

  @Override
  public Sandbox within(long bytes) {
    return new SystemdRun(tool, version, manager, devices, settings, bytes);
  }

  @Override
  public List<String> command(List<String> program, Reach reach) {
    String environment = reach.own().resolve("environment.sh").toString();
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", CLIENT, "sh", environment));
    command.addAll(List.of(tool, "--" + manager.name().toLowerCase(Locale.ROOT)));
    command.addAll(List.of("--pipe", "--wait", "--collect", "--quiet", "--no-ask-password"));
    properties(reach).forEach(property -> command.addAll(List.of("-p", property)));
    command.add("--");
    Stream.concat(Stream.of("/bin/sh", "-c", UNIT, INSIDE, environment), program.stream())
        .map(word -> word.replace("$", "$$")) // else the manager puts its own variables in
        .forEach(command::add);
    return List.copyOf(command);
  }

  private List<String> properties(Reach reach) {
    List<String> all = new ArrayList<>(PROPERTIES);
    Path here = Path.of("").toAbsolutePath();
    if (!isShown(here, reach)) {
      all.add("TemporaryFileSystem=" + quoted(here + ":ro")); // relative paths are the same inside
    }
    all.add("WorkingDirectory=" + here);
    Stream.of(
            SystemFiles.PROGRAMS,
            settings,
            reach.usesGpu() ? SystemFiles.BUSES : SystemFiles.MACHINE)
        .flatMap(List::stream)
        .forEach(path -> all.add("BindReadOnlyPaths=" + quoted("-" + path)));
    reach.readable().forEach(path -> all.add("BindReadOnlyPaths=" + quoted(path.toString())));
    reach.writable().forEach(path -> all.add("BindPaths=" + quoted(path.toString())));
    String own = quoted(reach.own().toString());
    all.add("BindPaths=" + own + " " + own + ":/tmp");
    if (reach.usesGpu()) {
      for (String gpu : SystemFiles.gpus(devices)) {
        all.addAll(List.of("BindPaths=" + quoted(gpu), "DeviceAllow=" + gpu + " rw"));
      }
    }
    if (memoryBytes != Long.MAX_VALUE) {
      all.addAll(List.of("MemoryMax=" + memoryBytes, "MemorySwapMax=0"));
    }
    return all;
  }

  private static boolean isShown(Path folder, Reach reach) {
    return folder.getParent() == null
        || Stream.of(List.of(reach.own()), reach.readable(), reach.writable())
            .flatMap(List::stream)
            .anyMatch(folder::startsWith);
  }

  /** Returns a word of a property's value: it may hold blanks and colons. */
  private static String quoted(String word) {
    return "\"" + word.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
