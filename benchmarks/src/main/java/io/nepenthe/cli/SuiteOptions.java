package io.nepenthe.cli;

import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.run.RunPlan;
import io.nepenthe.runstore.RunFile;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.suite.Suite;
import io.nepenthe.wording.Words;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Which suite, and whether in another fidelity than it says. The folder of a run stands for the
 * suite that the run holds, with the plugins it holds.
 */
final class SuiteOptions {
  @Parameters(
      index = "0",
      paramLabel = "SUITE",
      description =
          "Name of a suite, path of a .yaml file, or folder of a run: the suite it was made of, with"
              + " its plugins.")
  private String suite = "";

  @Option(
      names = "--fidelity",
      paramLabel = "F",
      description =
          "clean, or reference: with the paper's quirks, in place of what the suite says.")
  private @Nullable Fidelity fidelity;

  @Option(
      names = "--device",
      paramLabel = "D",
      description =
          "cpu, gpu, gpu1, ..., or auto: gpu if there is one, else cpu; in place of what the suite"
              + " says. Results of one device do not stand for another's.")
  private @Nullable String device;

  private @Nullable RunFile held;

  Suite read() {
    Suite read = on(device, in(fidelity, written()));
    moreThreadsThanCores(read.threads(), Runtime.getRuntime().availableProcessors())
        .ifPresent(Console::warn);
    return read;
  }

  /**
   * Threads decide the last digits of a number, so another machine's are kept, whatever they cost.
   */
  static Optional<String> moreThreadsThanCores(int threads, int cores) {
    return threads > cores
        ? Optional.of(
            "the suite asks for %d threads, this machine has %s: they wait for each other, and times say little"
                .formatted(threads, Words.count(cores, "core")))
        : Optional.empty();
  }

  private static Suite on(@Nullable String device, Suite read) {
    if (device == null) {
      return read;
    }
    String chosen = "auto".equals(device) ? Devices.best() : device;
    try {
      return read.on(chosen);
    } catch (IllegalArgumentException e) {
      throw new NepentheException(ErrorCode.BAD_USAGE, "--" + e.getMessage() + ", or auto.", e);
    }
  }

  private Suite written() {
    return isRun(suite) ? definition().suite().requireCurrentProtocol() : as(suite);
  }

  /** Returns the definition that the run holds, which is read once. */
  private RunFile definition() {
    if (held == null) {
      held = definition(suite);
    }
    return held;
  }

  /** Returns a suite, in another fidelity than it says if one is given. */
  static Suite read(String suite, @Nullable Fidelity fidelity) {
    return in(fidelity, as(suite));
  }

  private static Suite in(@Nullable Fidelity fidelity, Suite read) {
    return fidelity == null ? read : read.in(fidelity);
  }

  private static Suite as(String suite) {
    return isRun(suite)
        ? definition(suite).suite().requireCurrentProtocol()
        : Places.suites().read(suite);
  }

  /** A folder that is called like a suite stands for the suite, unless it is written as a path. */
  private static boolean isRun(String suite) {
    if (suite.isBlank()) {
      throw new NepentheException(
          ErrorCode.BAD_USAGE, "no suite is named: it is an empty word. See 'nepenthe suites'.");
    }
    return Files.isRegularFile(Path.of(suite, "run.json"))
        && !Places.suites().names().contains(suite);
  }

  private static RunFile definition(String folder) {
    return new RunStore(Path.of(folder).toAbsolutePath(), Console::warn).definition();
  }

  /**
   * Returns the plugins the suite's methods are of: those a run holds, else those installed.
   *
   * @param further a folder of more of them; null if none is given
   */
  PluginCatalog plugins(@Nullable Path further) {
    if (!isRun(suite)) {
      return Places.plugins(further);
    }
    if (further != null) {
      throw new NepentheException(
          ErrorCode.BAD_USAGE,
          suite + " is a run, and holds its plugins. Leave --plugins out, or name a suite.");
    }
    return RunPlan.keptPlugins(definition(), Path.of(suite).toAbsolutePath());
  }

  /** Returns where a run of the suite goes, if nothing else is said. */
  Path folder() {
    Suite read = written();
    String base =
        isRun(suite)
            ? Path.of(suite).toAbsolutePath().normalize().getFileName() + "-again"
            : read.name();
    String name =
        Stream.of(
                base,
                fidelity == null || fidelity == read.fidelity() ? "" : fidelity.id(),
                device == null || device.equals(read.device()) ? "" : device)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("-"));
    try {
      return Path.of("runs", name);
    } catch (InvalidPathException e) {
      throw new NepentheException(
          ErrorCode.BAD_SUITE,
          "no folder can be named '"
              + name
              + "' here ("
              + e.getReason()
              + "). Name one by --out, or set LC_ALL to a UTF-8 locale.",
          e);
    }
  }
}
