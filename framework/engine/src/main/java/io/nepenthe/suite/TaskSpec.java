package io.nepenthe.suite;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.nepenthe.corpus.Corpora;
import io.nepenthe.data.DataSpec;
import io.nepenthe.data.TaskData;
import io.nepenthe.data.Vocabulary;
import io.nepenthe.data.Window;
import io.nepenthe.data.language.LanguageDataSpec;
import io.nepenthe.data.math.MathDataSpec;
import io.nepenthe.json.Json;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.protocol.Quirk;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One task: data, architecture, training and what is measured.
 *
 * @param id kebab-case name
 * @param version goes up whenever the task's numbers could change
 * @param kind "math" or "language"; chooses the kind of data, grids and the selection rule
 * @param data what the rows are made of
 * @param window tokens given and compared
 * @param model size of the model
 * @param training how it is trained
 * @param budgetSeconds longest time one trial may take
 * @param mitigateAfter the pass whose checkpoint is mitigated; the last if left out. Tasks that
 *     differ in it share one training
 */
public record TaskSpec(
    String id,
    int version,
    @JsonProperty(access = JsonProperty.Access.WRITE_ONLY) String kind, // written with the data
    @JsonTypeInfo(
            use = JsonTypeInfo.Id.NAME,
            include = JsonTypeInfo.As.EXTERNAL_PROPERTY,
            property = "kind",
            visible = true)
        @JsonSubTypes({
          @JsonSubTypes.Type(value = MathDataSpec.class, name = "math"),
          @JsonSubTypes.Type(value = LanguageDataSpec.class, name = "language")
        })
        DataSpec data,
    Window window,
    ModelSpec model,
    TrainingSpec training,
    double budgetSeconds,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer mitigateAfter) {
  private static final int FEWEST_IDS = 2;

  /** Checks the ranges. */
  public TaskSpec {
    if (id == null || !id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new IllegalArgumentException("id is '" + id + "', must be kebab-case, like math-noise");
    }
    if (!"math".equals(kind) && !"language".equals(kind)) {
      throw new IllegalArgumentException("kind is '" + kind + "', must be 'math' or 'language'");
    }
    if (data == null || window == null || model == null || training == null) {
      throw new IllegalArgumentException("task " + id + " needs data, window, model and training");
    }
    if (!(budgetSeconds > 0)) {
      throw new IllegalArgumentException(
          "budgetSeconds is " + budgetSeconds + ", must be more than 0");
    }
    if (window.end() > data.length()) {
      throw new IllegalArgumentException(
          "window ends at token " + window.end() + ", rows have data.length " + data.length());
    }
    if (mitigateAfter != null && !training.checkpoints().contains(mitigateAfter)) {
      throw new IllegalArgumentException(
          "mitigateAfter is "
              + mitigateAfter
              + ", must be one of training.checkpoints "
              + training.checkpoints());
    }
    training.settings();
    model.model(FEWEST_IDS, data.length()); // the vocabulary may need a text that is not here
  }

  /** Returns the rows of a seed. */
  public TaskData build(long seed, Set<Quirk> quirks) {
    try {
      return data.build(window, quirks, seed, Corpora.standard());
    } catch (IllegalArgumentException e) {
      throw new NepentheException(
          ErrorCode.BAD_SUITE,
          "task " + id + ", seed " + seed + ": " + e.getMessage() + ". Correct the suite.",
          e);
    }
  }

  /** Returns how many passes the model that is mitigated was trained. */
  @JsonIgnore
  public int mitigatedPasses() {
    return mitigateAfter == null ? training.passes() : mitigateAfter;
  }

  /** Returns the ids of its rows. */
  public Vocabulary vocabulary() {
    return data.vocabulary(Corpora.standard());
  }

  /** Returns the tokenizer's id of each id of its rows, if it numbers them anew; else empty. */
  public List<Integer> renumberedIds() {
    return data.renumberedIds(Corpora.standard());
  }

  /** Returns a hash of the texts its rows are cut from; empty if there are none. */
  public String sourceHash() {
    return data.sourceHash(Corpora.standard());
  }

  /** Returns the model, without weights. */
  public LanguageModel architecture() {
    return model.model(vocabulary().size(), data.length());
  }

  /** Returns the key of a plugin's grids: the kind, and the layers where grids differ by them. */
  @JsonIgnore
  public String gridKind() {
    return kind + "-" + model.layers();
  }

  /** Returns a hash of the whole definition. */
  public String hash() {
    return ContentHash.of(Json.canonical(this));
  }
}
