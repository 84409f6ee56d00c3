package io.nepenthe.plugincheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Unlearning;
import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.pluginhost.PluginJar;
import io.nepenthe.pluginhost.ReservedIds;
import io.nepenthe.testkit.BrokenMethods;
import io.nepenthe.testkit.BrokenPlugin;
import io.nepenthe.testkit.ContractRule;
import io.nepenthe.testkit.PluginJarBuilder;
import io.nepenthe.worker.WorkerSettings;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pf4j.Extension;

class PluginCheckTest {
  private static final Path SHIPPED = Path.of("../plugins");
  private static final Duration BUDGET = Duration.ofSeconds(60);

  @TempDir private Path folder;

  private static CheckedPlugin check(Path jar) {
    return new PluginCheck(
            PluginCatalog.scan(List.of()),
            ReservedIds.of(SHIPPED),
            BUDGET,
            WorkerSettings.uncontained(List.of()))
        .check(jar);
  }

  private static Map<String, RuleVerdict> byRule(List<RuleVerdict> verdicts) {
    return verdicts.stream().collect(Collectors.toMap(RuleVerdict::rule, verdict -> verdict));
  }

  private static RuleVerdict failed(Path jar, String rule) {
    RuleVerdict verdict = byRule(check(jar).rules()).get(rule);
    assertEquals(Verdict.FAILED, verdict.verdict(), verdict.toString());
    assertFalse(verdict.toDo().isBlank());
    return verdict;
  }

  private static Path zero() {
    return PluginCatalog.scan(List.of(SHIPPED)).require("zero").jar();
  }

  /** Returns a copy of the jar whose descriptor nobody can read, so that its method is not run. */
  private Path unreadable(Path jar, Change change) throws IOException {
    Path copy = Files.copy(jar, folder.resolve("copy.jar"));
    try (FileSystem zip = FileSystems.newFileSystem(copy)) {
      Files.writeString(zip.getPath("META-INF/nepenthe/method.json"), "{");
      change.in(zip.getPath("/"));
    }
    return copy;
  }

  private interface Change {
    void in(Path root) throws IOException;
  }

  @Test
  void whatIsNoJarIsAVerdict() throws IOException {
    Path text = Files.writeString(folder.resolve("text.jar"), "text");
    CheckedPlugin checked = check(text);
    assertFalse(checked.passed());
    assertEquals(1, checked.rules().size());
    failed(folder.resolve("none.jar"), "readable-jar");
  }

  @Test
  void everyRuleOfAnUnreadableDescriptorIsToldAndTheMethodIsNotRun() throws IOException {
    Map<String, RuleVerdict> rules = byRule(check(unreadable(zero(), root -> {})).rules());
    assertEquals(Verdict.FAILED, rules.get("descriptor").verdict());
    assertEquals(Verdict.PASSED, rules.get("identity").verdict());
    assertEquals(Verdict.PASSED, rules.get("author-and-licence").verdict());
    assertEquals(Verdict.NOT_CHECKED, rules.get("is-seeded").verdict());
  }

  @Test
  void classesOfTheHostAreFound() throws IOException {
    Path jar =
        unreadable(
            zero(),
            root -> {
              Path own = Files.createDirectories(root.resolve("META-INF/versions/17/ai/djl"));
              Files.write(own.resolve("Device.class"), new byte[1]);
            });
    assertTrue(
        failed(jar, "no-host-classes")
            .found()
            .contains("META-INF/versions/17/ai/djl/Device.class"));
  }

  @Test
  void timesOfTheBuildAreFound() throws IOException {
    Path jar = unreadable(zero(), root -> Files.write(root.resolve("new.txt"), new byte[1]));
    assertTrue(failed(jar, "reproducible-build").found().contains("different times"));
  }

  @Test
  void aMissingAuthorOrLicenceIsFound() throws IOException {
    Path jar =
        unreadable(
            zero(),
            root ->
                Files.writeString(
                    root.resolve("META-INF/MANIFEST.MF"),
                    """
                    Manifest-Version: 1.0
                    Plugin-Id: x
                    Plugin-Version: 1
                    Plugin-Provider: me
                    Plugin-License: do what you want!
                    """));
    assertTrue(failed(jar, "author-and-licence").found().contains("names no licence"));
  }

  @Test
  void aMethodThatEndsItsProcessBreaksAPromiseAndLeavesTheCheck() throws IOException {
    Map<String, RuleVerdict> rules =
        byRule(
            contract(
                BrokenPlugin.EXITS.jar(folder),
                EnumSet.of(
                    ContractRule.RECORD_FITS_DESCRIPTOR,
                    ContractRule.LEAVES_FINITE_WEIGHTS,
                    ContractRule.IS_SEEDED)));
    assertEquals(Verdict.PASSED, rules.get("record-fits-descriptor").verdict());
    assertEquals(Verdict.NOT_CHECKED, rules.get("is-seeded").verdict());
    RuleVerdict ended = rules.get("leaves-finite-weights");
    assertEquals(Verdict.FAILED, ended.verdict());
    assertTrue(ended.found().startsWith("the process ended, with exit code "), ended.found());
  }

  private List<RuleVerdict> contract(Path jar, Set<ContractRule> rules) throws IOException {
    return contract(jar, rules, BUDGET);
  }

  private List<RuleVerdict> contract(Path jar, Set<ContractRule> rules, Duration budget)
      throws IOException {
    InstalledPlugin plugin = PluginJar.read(jar).plugin();
    Path own = Files.createDirectory(folder.resolve("own"));
    return new ContractProcess(plugin, own, budget, WorkerSettings.uncontained(List.of()))
        .verdicts(rules);
  }

  /** A jar whose class is none. */
  private Path garbled() throws IOException {
    Path jar = BrokenPlugin.EDITS_NOTHING.jar(folder);
    try (FileSystem zip = FileSystems.newFileSystem(jar)) {
      Files.writeString(zip.getPath("META-INF/extensions.idx"), "Garbled\n");
      Files.writeString(zip.getPath("Garbled.class"), "no class");
    }
    return jar;
  }

  @Test
  @Tag("slow")
  void aClassThatCannotBeMadeIsToldOnceAndEndsTheCheck() throws IOException {
    List<RuleVerdict> rules =
        contract(garbled(), EnumSet.of(ContractRule.IS_SEEDED, ContractRule.LEAVES_ROWS_ALONE));
    assertEquals(Verdict.FAILED, rules.get(0).verdict());
    assertTrue(rules.get(0).found().contains(" is rejected: "), rules.get(0).found());
    assertEquals(
        RuleVerdict.notChecked("leaves-rows-alone", ContractProcess.NO_CLASS), rules.get(1));
  }

  @Test
  void aClassThatNeverComesIntoBeingIsOverWithItsTime() throws IOException {
    Path jar =
        new PluginJarBuilder("hangs", HangsAsAClass.class)
            .descriptor(BrokenPlugin.EDITS_NOTHING.descriptor())
            .build(folder);
    List<RuleVerdict> rules =
        contract(jar, EnumSet.allOf(ContractRule.class), Duration.ofSeconds(1));
    assertEquals("it did not come to an end within 1 s", rules.get(0).found());
    for (RuleVerdict other : rules.subList(1, rules.size())) {
      assertEquals(Verdict.NOT_CHECKED, other.verdict(), other.toString());
    }
  }

  /** Never comes to an end where its class is made ready. */
  @Extension
  public static final class HangsAsAClass implements Unlearning<BrokenMethods.Hyperparameters> {
    private static final Object READY = hang();

    @Override
    public Class<BrokenMethods.Hyperparameters> hyperparameters() {
      return BrokenMethods.Hyperparameters.class;
    }

    @Override
    public void mitigate(BrokenMethods.Hyperparameters hyperparameters, MitigationContext context) {
      throw new IllegalStateException(String.valueOf(READY));
    }

    private static Object hang() {
      while (true) {
        LockSupport.park();
        Thread.interrupted();
      }
    }
  }

  @Test
  @Tag("slow")
  void shippedMethodsKeepEveryPromise() {
    PluginCatalog shipped = PluginCatalog.scan(List.of(SHIPPED));
    PluginCheck check =
        new PluginCheck(
            shipped, ReservedIds.of(SHIPPED), BUDGET, WorkerSettings.uncontained(List.of()));
    for (InstalledPlugin plugin : shipped.all()) {
      CheckedPlugin checked = check.check(plugin.jar());
      assertTrue(checked.passed(), checked.toString());
    }
  }
}
