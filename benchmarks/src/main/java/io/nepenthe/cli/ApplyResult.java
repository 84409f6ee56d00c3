package io.nepenthe.cli;

import io.nepenthe.checkpoint.BlockedNgramsFile;
import io.nepenthe.data.Sequences;
import io.nepenthe.exchange.TrialTime;
import io.nepenthe.host.EditedModel;
import io.nepenthe.host.Original;
import io.nepenthe.plugin.Need;
import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.protocol.Quirk;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What applying a method has done, for programs and for people.
 *
 * @param plugin the method
 * @param point its hyper-parameters
 * @param original what it was applied to
 * @param edited what it made of that
 * @param weightsHash hash of the edited weights, and of what is blocked, as the trials of a run
 *     have it
 * @param fidelity as asked for; the quirks are the original's
 * @param leftOut what of the model's folder the new one lacks
 * @param out where the edited model lies
 */
record ApplyResult(
    InstalledPlugin plugin,
    Map<String, Number> point,
    Original original,
    EditedModel edited,
    String weightsHash,
    Fidelity fidelity,
    List<String> leftOut,
    Path out) {
  /** Returns all of it by name. */
  Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("method", plugin.id());
    values.put("version", plugin.version());
    values.put("family", plugin.descriptor().family());
    values.put("hyperparameters", point);
    values.put("seed", original.seed());
    values.put("fidelity", fidelity);
    values.put("quirks", original.quirks().stream().map(Quirk::id).sorted().toList());
    values.put("device", original.device());
    values.put("computeType", original.computeType().inConfig());
    values.put("rows", rows());
    values.put("trained", trained());
    values.put("seconds", seconds());
    values.put("changed", Map.of("total", changedEntries(), "tensors", edited.changed()));
    if (!edited.blocked().isEmpty()) {
      values.put("blockedNgrams", edited.blocked().size());
    }
    values.put("weightsHash", weightsHash);
    values.put("model", original.folder().toAbsolutePath().normalize().toString());
    values.put("leftOut", leftOut);
    values.put("out", out.toString());
    return values;
  }

  private Map<String, Object> rows() {
    Map<String, Object> sets = new LinkedHashMap<>();
    inOrder()
        .forEach(
            (name, rows) -> sets.put(name, Map.of("rows", rows.rows(), "length", rows.length())));
    return sets;
  }

  private Map<String, Sequences> inOrder() {
    Map<Need, Sequences> given = original.given().rows();
    Map<String, Sequences> sets = new LinkedHashMap<>();
    Stream.concat(
            Need.rows().stream().filter(given::containsKey),
            given.keySet().stream()
                .filter(need -> need.file().isPresent())
                .sorted(Comparator.comparing(Need::id)))
        .forEach(need -> sets.put(RowOptions.name(need), given.get(need)));
    return sets;
  }

  private Map<String, Object> trained() {
    Map<String, Object> trained = new LinkedHashMap<>();
    trained.put("prompt", original.given().windows().task().prompt());
    trained.put("passes", original.trained().passes());
    trained.put("optimizerSteps", original.trained().optimizer().steps());
    trained.put("batchSize", original.trained().settings().batchSize());
    trained.put("learningRate", original.trained().settings().optimizer().learningRate());
    return trained;
  }

  private Map<String, Object> seconds() {
    TrialTime time = edited.time();
    Map<String, Object> seconds = new LinkedHashMap<>();
    seconds.put("localize", time.localizeSeconds());
    seconds.put("edit", time.editSeconds());
    seconds.put("total", time.seconds());
    return seconds;
  }

  private long changedEntries() {
    return edited.changed().values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns it as lines to read. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append(String.format("%s %s, %s%n", plugin.id(), plugin.version(), point));
    inOrder().forEach((name, rows) -> text.append(String.format("%s: %s%n", name, rows)));
    text.append(time());
    text.append(
        String.format(
            "changed: %d of %d entries%n", changedEntries(), original.model().layout().size()));
    edited
        .changed()
        .forEach((tensor, count) -> text.append(String.format("  %s %d%n", tensor, count)));
    if (!edited.blocked().isEmpty()) {
      text.append(
          String.format(
              "decoding must not complete any of the %s in %s; 'nepenthe score' heeds it%n",
              edited.blocked(), BlockedNgramsFile.NAME));
    }
    text.append(String.format("hash of the weights: %s%n", weightsHash));
    return text.append(out).append('\n').append(ModelCopy.leftOut(leftOut)).toString();
  }

  private String time() {
    TrialTime time = edited.time();
    String steps =
        time.localizeSeconds() == null
            ? ""
            : String.format(
                Locale.ROOT,
                " (localize %.4f, edit %.4f)",
                time.localizeSeconds(),
                time.editSeconds());
    return String.format(Locale.ROOT, "seconds: %.4f%s%n", time.seconds(), steps);
  }
}
