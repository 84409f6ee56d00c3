package io.nepenthe.cli;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.sandbox.Containment;
import io.nepenthe.sandbox.SandboxChoice;
import io.nepenthe.sandbox.SandboxProbe;
import io.nepenthe.tensor.Torch;
import io.nepenthe.worker.WorkerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What keeps the processes that run plugin code from the rest of the machine. */
final class SandboxOption {
  /** Property that names another default than auto. */
  static final String DEFAULT = "nepenthe.sandbox";

  private static final long LEAST_BYTES = 4L << 30;

  @Option(
      names = "--sandbox",
      paramLabel = "WHEN",
      defaultValue = "${sys:" + DEFAULT + ":-auto}",
      description =
          "Whether plugins run in a sandbox of bubblewrap or systemd-run, without network, your"
              + " files and other processes: required, auto (where it works here) or off (default: auto).")
  private SandboxChoice choice = SandboxChoice.AUTO;

  @Option(
      names = "--memory",
      paramLabel = "GIB",
      description =
          "Memory that a process with a plugin may hold, Java's heap and libtorch's together, in"
              + " GiB (default: an equal share of this machine's, at least 4).")
  private @Nullable Double gibibytes;

  private @Nullable Containment containment;

  /**
   * Returns what this machine offers for the choice; it is found out once, and told if it is less.
   *
   * @throws io.nepenthe.protocol.NepentheException if a sandbox is required, and there is none
   */
  Containment containment() {
    if (containment == null) {
      containment = Containment.of(choice, () -> probe().offer(), Console::warn);
      if (containment.sandbox().contains()) {
        Torch.gpus(); // unpacks libtorch: inside, its folder cannot be written
      }
    }
    return containment;
  }

  /** Returns the words that hand the option on to the command on another machine. */
  List<String> words() {
    List<String> words =
        new ArrayList<>(List.of("--sandbox", choice.name().toLowerCase(Locale.ROOT)));
    if (gibibytes != null) {
      words.addAll(List.of("--memory", gibibytes.toString()));
    }
    return words;
  }

  /** Returns what looks for one on the PATH. */
  static SandboxProbe probe() {
    String path = System.getenv("PATH");
    return new SandboxProbe(path == null ? "" : path);
  }

  /**
   * Returns how the processes that run plugins are started.
   *
   * @param atATime how many of them run at a time
   */
  WorkerSettings workers(int atATime) {
    long memory = memoryBytes(atATime);
    return new WorkerSettings(Places.workerJavaOptions(), containment().within(memory), memory);
  }

  /** Returns how much memory each of so many may hold. */
  private long memoryBytes(int atATime) {
    if (gibibytes == null) {
      return Math.max(LEAST_BYTES, Memory.ofThisMachine() / atATime);
    }
    if (!(gibibytes > 0)) {
      throw new NepentheException(
          ErrorCode.BAD_USAGE, "--memory is " + gibibytes + ", must be above 0.");
    }
    return (long) Math.min(gibibytes * (1L << 30), Long.MAX_VALUE);
  }
}
