package io.nepenthe.runstore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.json.Json;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.suite.ModelSpec;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.task.language.LanguageDataSpec;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What reports need to know of a task, from its definition.
 *
 * @param note one line for readers: data, model, training
 * @param artifact what is planted in its data: "noise", "backdoor", "passages", "repetition"; null
 *     if unknown
 * @param model name of the published model it starts from; null if it trains one, or if unknown
 * @param moment how long its model was trained: steps of a published one, passes of one that is
 *     trained here; null if unknown
 * @param isSynthetic true if its text is made up
 * @param hasOwnVocabulary true if its model knows only the ids that occur, so that perplexities do
 *     not compare with others'
 * @param layers of the model; null if unknown
 * @param auxiliaryRows rows of each auxiliary task; null if it has none
 * @param chunks how many chunks of text are trained on; null if it is no text, or all of it
 * @param rest all else that could change its numbers: equal for tasks that differ only in their id,
 *     layers, amount of data and moment of training
 * @param computeType in which its model is measured and mitigated; null for float32
 */
public record TaskInfo(
    String note,
    @Nullable String artifact,
    @Nullable String model,
    @Nullable Long moment,
    boolean isSynthetic,
    boolean hasOwnVocabulary,
    @Nullable Integer layers,
    @Nullable Integer auxiliaryRows,
    @Nullable Integer chunks,
    String rest,
    @Nullable String computeType) {
  private static final List<String> NOT_OF_THE_NUMBERS = List.of("id", "version", "budgetSeconds");
  private static final String LAYERS = "/model/layers";
  private static final String AUXILIARY_ROWS = "/data/auxiliaryRows";
  private static final String CHUNKS = "/data/trainRows";

  /** Tells of a task whose model and rules are unknown. */
  public TaskInfo(
      String note,
      @Nullable String artifact,
      @Nullable String model,
      boolean isSynthetic,
      boolean hasOwnVocabulary,
      @Nullable Integer layers,
      @Nullable Integer auxiliaryRows,
      @Nullable Integer chunks,
      String rest) {
    this(
        note,
        artifact,
        model,
        null,
        isSynthetic,
        hasOwnVocabulary,
        layers,
        auxiliaryRows,
        chunks,
        rest,
        null);
  }

  /** Returns what is known of a task that is called so. */
  public static TaskInfo of(TaskSpec task) {
    ObjectNode json = Json.mapper().valueToTree(task);
    return new TaskInfo(
        TaskNotes.of(task),
        text(json, "/data/artifact/kind"),
        task.original() == null ? null : task.original().title(),
        moment(task),
        LanguageDataSpec.SYNTHETIC.equals(text(json, "/data/corpus")),
        "occurring".equals(text(json, "/data/vocabulary")),
        layers(task),
        number(json, AUXILIARY_ROWS),
        number(json, CHUNKS),
        rest(json),
        task.computeType() == null ? null : task.computeType().inConfig());
  }

  /** Returns what is known of a task of which only that line is known. */
  public static TaskInfo noted(String note) {
    return new TaskInfo(note, null, null, false, false, null, null, null, note);
  }

  /** Returns what a definition says of the model, whose folder need not be here. */
  private static Optional<ModelSpec> model(TaskSpec task) {
    return Optional.ofNullable(task.original() == null ? task.model() : task.original().model());
  }

  private static @Nullable Integer layers(TaskSpec task) {
    return model(task)
        .map(model -> task.original() == null ? task.sized() : model.whole())
        .map(LanguageModel::layers)
        .orElse(null);
  }

  private static @Nullable Long moment(TaskSpec task) {
    return task.original() == null ? Long.valueOf(task.mitigatedPasses()) : task.original().step();
  }

  private static @Nullable String text(JsonNode json, String place) {
    JsonNode found = json.at(place);
    return found.isTextual() ? found.asText() : null;
  }

  private static @Nullable Integer number(JsonNode json, String place) {
    JsonNode found = json.at(place);
    return found.isInt() ? found.intValue() : null;
  }

  private static String rest(ObjectNode task) {
    ObjectNode rest = task.deepCopy();
    rest.remove(NOT_OF_THE_NUMBERS);
    rest.remove("mitigateAfter");
    remove(rest, LAYERS);
    remove(rest, AUXILIARY_ROWS);
    remove(rest, CHUNKS);
    remove(rest, "/training/checkpoints");
    remove(rest, "/original/step");
    return Json.canonical(rest);
  }

  private static void remove(ObjectNode task, String place) {
    int last = place.lastIndexOf('/');
    if (task.at(place.substring(0, last)) instanceof ObjectNode parent) {
      parent.remove(place.substring(last + 1));
    }
  }
}
