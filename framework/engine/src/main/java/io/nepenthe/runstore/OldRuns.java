package io.nepenthe.runstore;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.json.Json;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.suite.SelectionSpec;
import io.nepenthe.task.language.LanguageDataSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Runs of the first two schemas. They hold a sentence on each task and the ids of their methods;
 * the rest is told here, and only here, from those sentences and from what was known of the methods
 * that came with the program then.
 */
final class OldRuns {
  private static final Set<String> SCHEMAS = Set.of("nepenthe-run/1", "nepenthe-run/2");
  private static final Pattern LAYERS = Pattern.compile("\\S+ of (\\d+) layers");
  private static final Pattern AUXILIARY_ROWS = Pattern.compile("others \\[[^\\]]*\\] with (\\d+)");
  private static final Pattern CHUNKS = Pattern.compile("the first (\\d+)");
  private static final String LIMIT = "extra-fine-tuning";
  private static final String OLD_RULE = "\"no-slower-than-extra-fine-tuning\"";
  private static final String RULE = "\"no-slower-than-limit\"";
  private static final Map<String, MethodInfo> KNOWN_METHODS = knownMethods();

  private OldRuns() {}

  /** The content of an old file. */
  private record OldRun(
      String schema,
      String suite,
      String description,
      String protocol,
      Fidelity fidelity,
      Map<String, String> quirks,
      List<Long> seeds,
      List<String> tasks,
      Map<String, String> taskNotes,
      List<String> methods,
      @Nullable Map<String, SelectionSpec> selection,
      Map<String, Double> secondsByPhase,
      Provenance provenance) {}

  /** Returns true for the content of a {@code run.json} of an old schema. */
  static boolean isOld(JsonNode json) {
    return SCHEMAS.contains(json.path("schema").asText());
  }

  /** Returns what an old run tells of itself, given the content of its file without the seal. */
  static RunInfo read(JsonNode json) throws IOException {
    OldRun run = Json.mapper().readValue(Json.line(json).replace(OLD_RULE, RULE), OldRun.class);
    Map<String, TaskInfo> tasks = new LinkedHashMap<>();
    Map<String, SelectionSpec> selection = new LinkedHashMap<>();
    for (String task : run.tasks()) {
      tasks.put(task, task(task, run.taskNotes().getOrDefault(task, "")));
      selection.put(task, rules(run, task));
    }
    Map<String, MethodInfo> methods = new LinkedHashMap<>();
    for (String method : run.methods()) {
      methods.put(method, KNOWN_METHODS.getOrDefault(method, MethodInfo.UNKNOWN));
    }
    return new RunInfo(
        run.suite(),
        run.description(),
        run.protocol(),
        run.fidelity(),
        run.quirks(),
        run.seeds(),
        tasks,
        methods,
        selection,
        run.secondsByPhase(),
        run.provenance(),
        false);
  }

  private static SelectionSpec rules(OldRun run, String task) {
    SelectionSpec rules =
        run.selection() == null
            ? SelectionSpec.MATH
            : run.selection().getOrDefault(task, SelectionSpec.MATH);
    return run.methods().contains(LIMIT) ? rules.limitedBy(LIMIT) : rules;
  }

  /** Tells of a task what its id and the sentence on it say. */
  static TaskInfo task(String id, String note) {
    String name = id.toLowerCase(Locale.ROOT);
    String words = note.toLowerCase(Locale.ROOT);
    String artifact = onlyOne(name, "noise", "backdoor");
    return new TaskInfo(
        note,
        artifact == null ? onlyOne(words, "noise", "backdoor") : artifact,
        (name + words).contains("pythia") ? pythia(name + " " + words) : null,
        note.startsWith(LanguageDataSpec.SYNTHETIC_LABEL),
        note.contains("vocabulary restricted"),
        number(LAYERS, note),
        number(AUXILIARY_ROWS, note),
        number(CHUNKS, note),
        rest(note));
  }

  private static @Nullable String onlyOne(String text, String one, String other) {
    if (text.contains(one) == text.contains(other)) {
      return null;
    }
    return text.contains(one) ? one : other;
  }

  private static String pythia(String words) {
    String size = onlyOne(words, "2.8b", "6.9b");
    return size == null ? "pythia" : "pythia-" + size;
  }

  private static @Nullable Integer number(Pattern pattern, String note) {
    Matcher found = pattern.matcher(note);
    return found.find() ? Integer.valueOf(found.group(1)) : null;
  }

  private static String rest(String note) {
    String rest = note;
    for (Pattern pattern : List.of(LAYERS, AUXILIARY_ROWS, CHUNKS)) {
      rest = pattern.matcher(rest).replaceAll("");
    }
    return rest;
  }

  private static Map<String, MethodInfo> knownMethods() {
    try (InputStream in = OldRuns.class.getResourceAsStream("old-methods.json")) {
      return Json.mapper().readValue(in, new TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
