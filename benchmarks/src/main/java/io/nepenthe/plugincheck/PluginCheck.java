package io.nepenthe.plugincheck;

import io.nepenthe.files.Folders;
import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.pluginhost.PluginJar;
import io.nepenthe.pluginhost.ReservedIds;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.testkit.ContractRule;
import io.nepenthe.wording.Words;
import io.nepenthe.worker.WorkerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * Checks a plugin jar by every rule: first what the file shows, then, in processes of their own,
 * what its method does on a tiny model.
 */
public final class PluginCheck {
  private static final String READABLE = "readable-jar";
  private static final String OWN_NAME = "free-name";

  private final PluginCatalog shipped;
  private final ReservedIds reserved;
  private final Duration budget;
  private final WorkerSettings workers;

  /**
   * Prepares a check.
   *
   * @param shipped this program's own plugins, which keep their names
   * @param reserved ids that a stranger's plugin does not take
   * @param budget time for each promise of the method
   * @param workers how the processes are started in which the method runs
   */
  public PluginCheck(
      PluginCatalog shipped, ReservedIds reserved, Duration budget, WorkerSettings workers) {
    this.shipped = shipped;
    this.reserved = reserved;
    this.budget = budget;
    this.workers = workers;
  }

  /** Returns the verdicts on a jar; a jar that is none is a verdict too. */
  public CheckedPlugin check(Path path) {
    List<RuleVerdict> verdicts = new ArrayList<>();
    PluginJar jar;
    try {
      jar = PluginJar.read(path);
      verdicts.add(RuleVerdict.passed(READABLE));
    } catch (Exception | StackOverflowError | OutOfMemoryError e) {
      verdicts.add(
          new RuleVerdict(
              READABLE,
              Verdict.FAILED,
              Words.line(String.valueOf(e.getMessage())),
              "build the jar again"));
      return new CheckedPlugin(path.toString(), verdicts);
    }
    for (JarRule rule : JarRule.values()) {
      verdicts.add(rule.verdict(jar));
    }
    InstalledPlugin plugin;
    try {
      plugin = jar.plugin();
    } catch (Exception | StackOverflowError e) {
      for (ContractRule rule : ContractRule.values()) {
        verdicts.add(RuleVerdict.notChecked(rule.id(), "the jar cannot be used as it is"));
      }
      return new CheckedPlugin(path.toString(), verdicts);
    }
    verdicts.add(name(plugin));
    verdicts.addAll(contract(plugin));
    return new CheckedPlugin(path.toString(), verdicts);
  }

  private RuleVerdict name(InstalledPlugin plugin) {
    boolean isShipped =
        shipped.find(plugin.id()).filter(own -> own.sha256().equals(plugin.sha256())).isPresent();
    try {
      if (!isShipped) {
        reserved.requireFree(plugin);
      }
      return RuleVerdict.passed(OWN_NAME);
    } catch (IllegalArgumentException e) {
      return new RuleVerdict(
          OWN_NAME,
          Verdict.FAILED,
          Words.line(e.getMessage()),
          "take a Plugin-Id of your own, and leave to shipped methods what is theirs");
    }
  }

  private List<RuleVerdict> contract(InstalledPlugin plugin) {
    try {
      Path folder = Files.createTempDirectory("nepenthe-check");
      try {
        return new ContractProcess(plugin, folder, budget, workers)
            .verdicts(EnumSet.allOf(ContractRule.class));
      } finally {
        Folders.delete(folder);
      }
    } catch (IOException e) {
      throw new NepentheException(ErrorCode.IO, "cannot make a temporary folder (" + e + ")", e);
    }
  }
}
