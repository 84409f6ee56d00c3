package io.nepenthe.suite;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.nepenthe.corpus.Corpora;
import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.json.Json;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.task.DataSpec;
import io.nepenthe.task.MembershipRows;
import io.nepenthe.task.TaskData;
import io.nepenthe.task.Vocabulary;
import io.nepenthe.task.language.LanguageDataSpec;
import io.nepenthe.task.math.MathDataSpec;
import io.nepenthe.task.rows.MemorizedDataSpec;
import io.nepenthe.task.rows.RowsDataSpec;
import io.nepenthe.tensor.FloatType;
import io.nepenthe.training.TrainingSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One task: data, architecture, training and what is measured.
 *
 * @param id kebab-case name
 * @param version goes up whenever the task's numbers could change
 * @param kind "math", "language", "rows" or "memorized"; chooses the kind of data
 * @param data what the rows are made of
 * @param window tokens given and compared
 * @param model size of the model that is trained; null if one is given
 * @param training how it is trained; null if one is given
 * @param budgetSeconds longest time one trial may take
 * @param mitigateAfter the pass whose checkpoint is mitigated; the last if left out. Tasks that
 *     differ in it share one training
 * @param original the model, if it was trained elsewhere; null if it is trained here
 * @param files paths of rows that methods alone see, by the name under which they ask for them
 * @param experiment which of the paper's experiments it is like, "math", "language" or "pythia":
 *     chooses grids and the rules of selection; by kind if left out
 * @param computeType in which type products with the model's matrices are computed when it is
 *     measured and mitigated; null for float32, in which it is trained in any case
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
          @JsonSubTypes.Type(value = LanguageDataSpec.class, name = "language"),
          @JsonSubTypes.Type(value = RowsDataSpec.class, name = "rows"),
          @JsonSubTypes.Type(value = MemorizedDataSpec.class, name = "memorized")
        })
        DataSpec data,
    Window window,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ModelSpec model,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TrainingSpec training,
    double budgetSeconds,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer mitigateAfter,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable GivenOriginal original,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable Map<String, String> files,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String experiment,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable FloatType computeType) {
  private static final int FEWEST_IDS = 2;
  private static final double LONGEST_MILLIS = 1e12;
  private static final List<String> KINDS = List.of("math", "language", "rows", "memorized");
  private static final List<String> EXPERIMENTS = List.of("math", "language", "pythia");

  /** Checks the ranges. */
  public TaskSpec {
    if (id == null || !id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new IllegalArgumentException("id is '" + id + "', must be kebab-case, like math-noise");
    }
    if (kind == null || !KINDS.contains(kind)) {
      throw new IllegalArgumentException("kind is '" + kind + "', must be one of " + KINDS);
    }
    if (experiment != null && !EXPERIMENTS.contains(experiment)) {
      throw new IllegalArgumentException(
          "experiment is '" + experiment + "', must be one of " + EXPERIMENTS);
    }
    if (data == null || window == null) {
      throw new IllegalArgumentException("task " + id + " needs data and window");
    }
    if (original == null ? model == null || training == null : model != null || training != null) {
      throw new IllegalArgumentException(
          "task "
              + id
              + " needs model and training, or in their place original with the folder of a model"
              + " that was trained elsewhere");
    }
    if (!(budgetSeconds > 0)) {
      throw new IllegalArgumentException(
          "budgetSeconds is " + budgetSeconds + ", must be more than 0");
    }
    if (window.end() > data.length()) {
      throw new IllegalArgumentException(
          "window ends at token " + window.end() + ", rows have data.length " + data.length());
    }
    List<Integer> kept = training == null ? List.of() : training.checkpoints();
    if (mitigateAfter != null && !kept.contains(mitigateAfter)) {
      throw new IllegalArgumentException(
          "mitigateAfter is " + mitigateAfter + ", must be one of training.checkpoints " + kept);
    }
    if (model != null && training != null) {
      training.settings();
      // The vocabulary may need a text that is not here.
      LanguageModel trained = model.model(FEWEST_IDS, data.length());
      if (training.fused() != null && trained.fusedGradient().isEmpty()) {
        throw new IllegalArgumentException(
            "training.fused is true, but this kind of model has no gradient of its own: leave it out");
      }
    }
    computeType = computeType == FloatType.FLOAT32 ? null : computeType; // said or not, the same
    files = Collections.unmodifiableMap(MethodFiles.checked(files == null ? Map.of() : files));
  }

  /** Makes a task of the experiment that its kind is of, computed in float32. */
  public TaskSpec(
      String id,
      int version,
      String kind,
      DataSpec data,
      Window window,
      @Nullable ModelSpec model,
      @Nullable TrainingSpec training,
      double budgetSeconds,
      @Nullable Integer mitigateAfter,
      @Nullable GivenOriginal original,
      @Nullable Map<String, String> files) {
    this(
        id,
        version,
        kind,
        data,
        window,
        model,
        training,
        budgetSeconds,
        mitigateAfter,
        original,
        files,
        null,
        null);
  }

  /** Returns the kind of task whose grids and rules of selection it takes. */
  public String rules() {
    return experiment != null ? experiment : kind.equals("memorized") ? "pythia" : kind;
  }

  /** Returns the type in which products with the model's matrices are computed. */
  public FloatType computedIn() {
    return computeType == null ? FloatType.FLOAT32 : computeType;
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

  /**
   * Returns clean rows of a seed that nothing is trained on or judged on; none if there are none.
   */
  public Sequences validation(long seed, Set<Quirk> quirks) {
    return data.validation(window, quirks, seed, Corpora.standard());
  }

  /** Returns planted rows of a seed and rows never planted; empty if there is no making others. */
  public Optional<MembershipRows> membership(long seed, Set<Quirk> quirks) {
    return data.membership(window, quirks, seed, Corpora.standard());
  }

  /** Returns the rows of a file for methods alone, if the task has one of that name. */
  public Optional<Sequences> file(String name) {
    return methodFiles().rows(name).or(() -> data.file(name));
  }

  /** Refuses a file for methods that is not there, before anything is trained. */
  public void requireFiles() {
    methodFiles().requireThere();
  }

  /** Returns a hash of the files that it names for methods; empty if it names none. */
  public String filesHash() {
    return methodFiles().hash();
  }

  /** Returns a hash of all that a result may owe to the rows of a seed. */
  public String dataHash(TaskData rows) {
    String own = data.hash(rows);
    return files().isEmpty() ? own : ContentHash.of(own + filesHash());
  }

  private MethodFiles methodFiles() {
    return new MethodFiles(this, files());
  }

  /** Returns true if the original model was trained elsewhere. */
  @JsonIgnore
  public boolean isGiven() {
    return original != null;
  }

  /**
   * Returns how the original model is trained.
   *
   * @throws IllegalStateException if it was trained elsewhere
   */
  public TrainingSpec trainedHere() {
    if (training == null) {
      throw new IllegalStateException("the original model of task " + id + " is not trained here");
    }
    return training;
  }

  /** Returns how a method may train the original model on; empty if the suite does not say. */
  public Optional<TrainingSettings> furtherTraining() {
    return original == null
        ? Optional.of(trainedHere().settings())
        : Optional.ofNullable(original.training()).map(FurtherTraining::settings);
  }

  /** Returns the longest time one trial may take, which a clock of nanoseconds can tell. */
  public Duration budget() {
    return Duration.ofMillis((long) Math.min(1000 * budgetSeconds, LONGEST_MILLIS));
  }

  /** Returns how many passes the model that is mitigated was trained here. */
  @JsonIgnore
  public int mitigatedPasses() {
    return isGiven() ? 0 : mitigateAfter == null ? trainedHere().passes() : mitigateAfter;
  }

  /** Returns the folder of the original model that was trained elsewhere. */
  @JsonIgnore
  public Optional<Path> givenFolder() {
    return Optional.ofNullable(original).map(GivenOriginal::place);
  }

  /** Returns the ids of its rows. */
  public Vocabulary vocabulary() {
    return data.vocabulary(Corpora.standard());
  }

  /** Returns the tokenizer's id of each id of its rows, if it numbers them anew; else empty. */
  public List<Integer> renumberedIds() {
    return data.renumberedIds(Corpora.standard());
  }

  /** Returns a hash of the files its rows come from; empty if its definition alone makes them. */
  public String sourceHash() {
    return data.sourceHash(Corpora.standard());
  }

  /** Returns files and folders it needs that are not there. */
  public List<Path> missing() {
    return Stream.concat(
            givenFolder().filter(folder -> !Files.isDirectory(folder)).stream(),
            data.missing(Corpora.standard()).stream())
        .toList();
  }

  /**
   * Refuses to begin without files and folders that it needs.
   *
   * @throws NepentheException which names them
   */
  public void requireThere() {
    List<Path> missing = missing();
    if (!missing.isEmpty()) {
      throw new NepentheException(
          ErrorCode.BAD_DATA,
          "task %s needs what is not there: %s. Paths are absolute, or within the working directory or a folder that NEPENTHE_DATA names."
              .formatted(
                  id, missing.stream().map(Path::toString).collect(Collectors.joining(", "))));
    }
  }

  /** Returns the model, without weights. */
  public LanguageModel architecture() {
    return model == null ? given() : model.model(vocabulary().size(), data.length());
  }

  private LanguageModel given() {
    return Objects.requireNonNull(original).architecture(this);
  }

  /** Returns the key of a plugin's grids: the kind, and the layers where grids differ by them. */
  @JsonIgnore
  public String gridKind() {
    return rules() + "-" + sized().layers();
  }

  /**
   * Returns the original model, but with another vocabulary if it is trained here: that may need a
   * text that is not there.
   */
  public LanguageModel sized() {
    return model == null ? given() : model.model(FEWEST_IDS, data.length());
  }

  private TaskSpec anywhere() {
    return new TaskSpec(
        id,
        version,
        kind,
        data.anywhere(),
        window,
        model,
        training,
        budgetSeconds,
        mitigateAfter,
        original == null ? null : original.anywhere(),
        files().keySet().stream().collect(Collectors.toMap(name -> name, name -> "anywhere")),
        experiment,
        computeType);
  }

  /**
   * Returns a hash of the definition. Where given models and files lie is no part of it: results
   * hold the hashes of what lies there.
   */
  public String hash() {
    return ContentHash.of(Json.canonical(anywhere()));
  }
}
