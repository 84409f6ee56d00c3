package io.nepenthe.cli;

import io.nepenthe.plugincheck.CheckedPlugin;
import io.nepenthe.plugincheck.PluginCheck;
import io.nepenthe.plugincheck.RuleVerdict;
import io.nepenthe.plugincheck.Verdict;
import io.nepenthe.pluginhost.ReservedIds;
import io.nepenthe.protocol.ErrorCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks a plugin jar before anybody else runs it. */
@Command(
    name = "check",
    description =
        "Checks a plugin's jar by named rules, from its manifest to what its method does on a tiny"
            + " model. The exit code is 0 if all are kept, else 4.",
    mixinStandardHelpOptions = true)
final class PluginsCheckCommand implements Callable<Integer> {
  private static final int MOST_SECONDS = 3600;

  @Parameters(paramLabel = "JAR", description = "The jar.")
  private Path jar = Path.of("");

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "Time for each promise of the method (default: ${DEFAULT-VALUE}).")
  private int seconds = 60;

  @Mixin private SandboxOption sandbox = new SandboxOption();
  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    Usage.requireWithin("check", "--seconds", seconds, MOST_SECONDS);
    ReservedIds reserved = ReservedIds.of(Places.home().resolve("plugins"));
    PluginCheck check =
        new PluginCheck(
            Places.plugins(null), reserved, Duration.ofSeconds(seconds), sandbox.workers(1));
    CheckedPlugin checked = check.check(jar);
    json.print(checked, text(checked));
    return checked.passed() ? 0 : ErrorCode.PLUGIN_REJECTED.exitCode();
  }

  private static String text(CheckedPlugin checked) {
    StringBuilder text = new StringBuilder();
    for (RuleVerdict rule : checked.rules()) {
      text.append(String.format("%-14s %s%n", rule.verdict().id(), rule.rule()));
      if (rule.verdict() == Verdict.FAILED) {
        text.append(String.format("%15s%s%n%15sTo do: %s.%n", "", rule.found(), "", rule.toDo()));
      }
    }
    long failed = checked.rules().stream().filter(rule -> rule.verdict() == Verdict.FAILED).count();
    return text.append(
            checked.passed()
                ? String.format("%s keeps every rule.%n", checked.jar())
                : String.format("%s breaks %d of the rules.%n", checked.jar(), failed))
        .toString();
  }
}
