package io.nepenthe.submission;

import io.nepenthe.json.Json;
import io.nepenthe.plugin.Family;
import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.pluginhost.KeptPlugins;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.pluginhost.ReservedIds;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.run.RunPlan;
import io.nepenthe.runstore.RunFile;
import io.nepenthe.runstore.RunMethod;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/** Whether the methods are what they say they are. No class of theirs is loaded. */
final class JarCheck {
  private final SubmissionArchive archive;
  private final RunFile run;
  private final Findings findings;

  JarCheck(SubmissionArchive archive, RunFile run, Findings findings) {
    this.archive = archive;
    this.run = run;
    this.findings = findings;
  }

  /** Returns the plugins of the archive; empty if one is missing or is not what it says. */
  Optional<PluginCatalog> jars() {
    Set<String> named = run.methods().stream().map(RunMethod::sha256).collect(Collectors.toSet());
    Set<String> whole = new HashSet<>();
    for (PackedFile file : archive.contents()) {
      if (file.path().endsWith(".jar")) {
        String name = Path.of(file.path()).getFileName().toString().replace(".jar", "");
        if (!name.equals(file.sha256())) {
          findings.fail(Rule.JARS, file.path() + " has SHA-256 " + file.sha256());
        } else if (!named.contains(name)) {
          findings.fail(Rule.JARS, file.path() + " is of no method of the run");
        } else {
          whole.add(name);
        }
      }
    }
    for (RunMethod method : run.methods()) {
      if (!whole.contains(method.sha256())) {
        findings.fail(Rule.JARS, "the jar of " + method.id() + " is not there as it ran");
      }
    }
    if (findings.anyFailed(Rule.JARS)) {
      return Optional.empty();
    }
    PluginCatalog catalog = new KeptPlugins(archive.run()).catalog(named);
    catalog.rejections().forEach(line -> findings.fail(Rule.JARS, withoutPlace(line)));
    run.methods().forEach(method -> jar(method, catalog.find(method.id())));
    findings.pass(Rule.JARS, run.methods().size() + " jars are those that the results name");
    return findings.anyFailed(Rule.JARS) ? Optional.empty() : Optional.of(catalog);
  }

  private String withoutPlace(String line) {
    return line.replace(archive.run().toAbsolutePath() + "/", "");
  }

  private void jar(RunMethod method, Optional<InstalledPlugin> found) {
    if (found.isEmpty()) {
      findings.fail(Rule.JARS, "no jar has the id " + method.id());
      return;
    }
    InstalledPlugin plugin = found.get();
    boolean isMethods =
        plugin.version().equals(method.version()) && plugin.sha256().equals(method.sha256());
    if (!isMethods) {
      findings.fail(
          Rule.JARS,
          method.id() + " " + method.version() + " is " + plugin.version() + " in its jar");
    } else if (!Json.canonical(plugin.descriptor()).equals(Json.canonical(method.descriptor()))) {
      findings.fail(
          Rule.JARS, method.id() + " is described otherwise in run.json than by its method.json");
    }
    long others = archiveTrialsThatDiffer(method, plugin);
    if (others > 0) {
      findings.fail(
          Rule.JARS, others + " trials of " + method.id() + " have another name or family");
    }
  }

  private long archiveTrialsThatDiffer(RunMethod method, InstalledPlugin plugin) {
    return archive.store(line -> {}).trials().stream()
        .filter(trial -> trial.identity().method().equals(method.id()))
        .filter(
            trial ->
                !trial.methodName().equals(plugin.descriptor().name())
                    || trial.family() != plugin.descriptor().family())
        .count();
  }

  /** The grid of every method must be what suite and jar say: fewer points are cherry-picking. */
  void grids(PluginCatalog kept) {
    RunPlan plan;
    try {
      plan = RunPlan.of(run.suite(), kept);
    } catch (NepentheException e) {
      findings.fail(Rule.GRIDS, e.getMessage());
      return;
    }
    List<RunMethod> asked = plan.definition();
    for (int i = 0; i < asked.size(); i++) {
      RunMethod has = i < run.methods().size() ? run.methods().get(i) : null;
      if (has == null || !has.id().equals(asked.get(i).id())) {
        findings.fail(Rule.GRIDS, "the methods of run.json are not those of its suite");
        return;
      }
      if (!Json.canonical(has).equals(Json.canonical(asked.get(i)))) {
        findings.fail(
            Rule.GRIDS,
            has.id() + " has the grids " + has.grids() + ", declared are " + asked.get(i).grids());
      }
    }
    if (asked.size() != run.methods().size()) {
      findings.fail(Rule.GRIDS, "the methods of run.json are not those of its suite");
    }
    findings.pass(Rule.GRIDS, plan.trials() + " trials are all that suite and jars declare");
  }

  /** What comes with Nepenthe has its ids, names and the family of controls to itself. */
  void reserved(PluginCatalog kept, PluginCatalog shipped) {
    if (shipped.all().isEmpty()) {
      findings.question(Rule.RESERVED, "the methods that come with Nepenthe are not built here");
      return;
    }
    ReservedIds reserved = ReservedIds.shipped();
    for (InstalledPlugin plugin : kept.all()) {
      Optional<InstalledPlugin> own = shipped.find(plugin.id());
      if (own.isPresent()) {
        sameAsShipped(plugin, own.get());
      } else if (reserved.contains(plugin.id())) {
        findings.question(
            Rule.RESERVED,
            plugin.id() + " comes with Nepenthe, and is not built here to compare the jar with");
      } else {
        foreign(plugin, shipped);
      }
    }
    findings.pass(
        Rule.RESERVED,
        kept.all().stream()
            .map(InstalledPlugin::id)
            .filter(id -> shipped.find(id).isEmpty())
            .sorted()
            .reduce((one, next) -> one + ", " + next)
            .map(ids -> "methods of the submission's own: " + ids)
            .orElse("every method comes with Nepenthe"));
  }

  private void sameAsShipped(InstalledPlugin plugin, InstalledPlugin own) {
    if (!plugin.version().equals(own.version())) {
      findings.fail(
          Rule.RESERVED,
          plugin.id() + " is version " + plugin.version() + ", Nepenthe's is " + own.version());
    } else if (!plugin.sha256().equals(own.sha256())
        && !JarContent.isSame(plugin.jar(), own.jar())) {
      findings.fail(
          Rule.RESERVED,
          plugin.id()
              + " is another jar than the one that comes with Nepenthe: "
              + plugin.sha256());
    }
  }

  private void foreign(InstalledPlugin plugin, PluginCatalog shipped) {
    if (plugin.descriptor().family() == Family.CONTROL) {
      findings.fail(Rule.RESERVED, plugin.id() + " is of the family control, which is reserved");
    }
    for (InstalledPlugin own : shipped.all()) {
      boolean takesName =
          own.descriptor().name().equalsIgnoreCase(plugin.descriptor().name())
              || (own.descriptor().paperName() != null
                  && own.descriptor().paperName().equals(plugin.descriptor().paperName()));
      if (takesName) {
        findings.fail(Rule.RESERVED, plugin.id() + " takes the name of " + own.id());
      }
    }
  }

  /** A jar of the submitter's own states its licence, and the submission the same. */
  void licences(PluginCatalog kept, PluginCatalog shipped) {
    for (InstalledPlugin plugin : kept.all()) {
      if (shipped.find(plugin.id()).isPresent()) {
        continue;
      }
      String licence = licence(plugin.jar());
      if (!licence.isEmpty() && !licence.equals(archive.submission().licence())) {
        findings.question(
            Rule.LICENCE,
            "%s says %s, the submission %s"
                .formatted(plugin.id(), licence, archive.submission().licence()));
      }
    }
    findings.pass(Rule.LICENCE, "submitted under " + archive.submission().licence());
  }

  private static String licence(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      Attributes attributes = manifest == null ? new Attributes() : manifest.getMainAttributes();
      String licence = attributes.getValue("Plugin-License");
      return licence == null ? "" : licence.strip();
    } catch (IOException e) {
      return "";
    }
  }
}
