package io.nepenthe.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Slurm of this machine's packages, all of it in one folder, with this machine as its node. */
final class OneNodeSlurm implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final Path folder;
  private final Deque<Process> daemons = new ArrayDeque<>();

  private OneNodeSlurm(Path folder) {
    this.folder = folder;
  }

  /** Returns why it cannot be started here, if it cannot. */
  static Optional<String> lack() {
    List<String> missing =
        Stream.of("sbatch", "slurmctld", "slurmd", "munged")
            .filter(name -> found(name).isEmpty())
            .toList();
    if (!missing.isEmpty()) {
      return Optional.of(
          "not installed: "
              + String.join(", ", missing)
              + " (Debian: apt install slurm-wlm munge)");
    }
    return "root".equals(System.getProperty("user.name"))
        ? Optional.empty()
        : Optional.of("Slurm's daemons start as root only");
  }

  private static Optional<Path> found(String program) {
    return Stream.of("/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin")
        .map(place -> Path.of(place, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts it in a folder, and waits until its node takes jobs. */
  static OneNodeSlurm start(Path folder) throws IOException, InterruptedException {
    OneNodeSlurm slurm = new OneNodeSlurm(folder);
    try {
      slurm.start();
      return slurm;
    } catch (IOException | InterruptedException | RuntimeException e) {
      slurm.close();
      throw e;
    }
  }

  private void start() throws IOException, InterruptedException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path key = folder.resolve("munge.key");
    Files.write(key, new SecureRandom().generateSeed(128));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("r--------"));
    for (String place : List.of("state", "spool")) {
      Files.createDirectory(folder.resolve(place));
    }
    Files.writeString(folder.resolve("slurm.conf"), configuration());
    daemon(
        "munged",
        "--foreground",
        "--force",
        "--key-file=" + key,
        "--socket=" + folder.resolve("munge.socket"),
        "--pid-file=" + folder.resolve("munged.pid"),
        "--log-file=" + folder.resolve("munged.log"),
        "--seed-file=" + folder.resolve("munged.seed"));
    await("munge.socket", () -> Files.exists(folder.resolve("munge.socket")));
    daemon("slurmctld", "-D", "-i", "-f", folder.resolve("slurm.conf").toString());
    daemon("slurmd", "-D", "-N", "node", "-f", folder.resolve("slurm.conf").toString());
    await("the node", () -> command("sinfo", "-h", "-o", "%T").contains("idle"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private String configuration() throws IOException {
    String host = hostName();
    return """
        ClusterName=test
        SlurmctldHost=%2$s(127.0.0.1)
        SlurmUser=root
        SlurmdUser=root
        AuthType=auth/munge
        AuthInfo=socket=%1$s/munge.socket
        CredType=cred/munge
        StateSaveLocation=%1$s/state
        SlurmdSpoolDir=%1$s/spool
        SlurmctldPidFile=%1$s/slurmctld.pid
        SlurmdPidFile=%1$s/slurmd.pid
        SlurmctldLogFile=%1$s/slurmctld.log
        SlurmdLogFile=%1$s/slurmd.log
        SlurmctldPort=%3$d
        SlurmdPort=%4$d
        ProctrackType=proctrack/linuxproc
        TaskPlugin=task/none
        SwitchType=switch/none
        MpiDefault=none
        SchedulerType=sched/backfill
        SchedulerParameters=sched_interval=2,bf_interval=2,batch_sched_delay=0
        SelectType=select/cons_tres
        SelectTypeParameters=CR_CPU
        ReturnToService=2
        NodeName=node NodeHostname=%2$s NodeAddr=127.0.0.1 Port=%4$d CPUs=2 State=UNKNOWN
        PartitionName=all Nodes=node Default=YES MaxTime=INFINITE State=UP
        """
        .formatted(folder, host, freePort(), freePort());
  }

  private static String hostName() throws IOException {
    String name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    return name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
  }

  private void daemon(String name, String... arguments) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.concat(Stream.of(found(name).orElseThrow().toString()), Stream.of(arguments))
                .toList());
    builder.environment().put("SLURM_CONF", folder.resolve("slurm.conf").toString());
    builder.redirectErrorStream(true).redirectOutput(folder.resolve(name + ".out").toFile());
    daemons.push(builder.start());
  }

  /** Returns what a command prints that talks to this Slurm. */
  String command(String... command) {
    return command(Map.of(), command);
  }

  /** Returns it, with further variables of the environment. */
  String command(Map<String, String> environment, String... command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("SLURM_CONF", folder.resolve("slurm.conf").toString());
      builder.environment().putAll(environment);
      Process process = builder.start();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return printed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Something that becomes true. */
  interface Condition {
    boolean holds();
  }

  /** Waits until something holds. */
  static void await(String what, Condition condition) throws InterruptedException {
    await(what, PATIENCE_SECONDS, condition);
  }

  /** Waits so many seconds at most. */
  static void await(String what, int seconds, Condition condition) throws InterruptedException {
    for (int i = 0; i < 10 * seconds; i++) {
      if (condition.holds()) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new IllegalStateException(what + " took more than " + seconds + " s");
  }

  @Override
  public void close() {
    for (Process daemon : daemons) {
      daemon.destroy();
      try {
        if (!daemon.waitFor(5, TimeUnit.SECONDS)) {
          daemon.destroyForcibly();
        }
      } catch (InterruptedException e) {
        daemon.destroyForcibly();
      }
    }
  }
}
