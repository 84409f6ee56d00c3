package io.nepenthe.plugin;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.nepenthe.model.LanguageModel;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A method's description of itself, {@value #RESOURCE} in its jar; read without loading a class.
 *
 * <p>Id and version are not repeated there: they are the manifest's {@code Plugin-Id} and {@code
 * Plugin-Version}.
 *
 * @param name as tables print it
 * @param family its kind
 * @param runs when it is called; may be left out, then a regularizer runs in training and every
 *     other method after it
 * @param changesNothing true if it leaves the model as it is, bit by bit: a run in which it does
 *     not stops; null for false
 * @param edits which parts of a trained model it may change, a name or a list of names; host and
 *     contract test refuse a change elsewhere. Unlearning names them; where another method that
 *     runs on a trained model does not, it may change all
 * @param look number of its colour and marker, from 0 and below {@value #LOOKS}, so that it looks
 *     the same in every report; if left out, each report gives it one that is free
 * @param paperName what Tables 1 to 3 of the paper call it; null if it is not there
 * @param setsTimeLimit true if unlearning may take no longer than this method, where a suite
 *     chooses by time and names no other
 * @param summary one sentence
 * @param paper where it comes from
 * @param needs what it asks for, and is not run without
 * @param optionalNeeds what it uses where there is any; it asks {@link MitigationContext#has}
 * @param hyperparameters by name, in order; the names are the components of its record
 * @param grids by kind of task ("math", "language", "math-16", "pythia"), values to search per
 *     hyper-parameter; null where the method is not run
 * @param contract values at which contract tests and {@code plugins check} run the method, where
 *     the defaults do not suit a small model: the first of each; where there are several, all of
 *     them are compared if settings share a localization, in place of those of "math"
 * @param cost what one run costs, all terms added up, for estimates; empty if unknown, or if the
 *     method takes part in training
 * @param memory what it holds at its peak, for estimates; null if unknown
 * @param costBound the most a faithful implementation costs at the paper's size; null if not known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MethodDescriptor(
    String name,
    Family family,
    Moment runs,
    @Nullable Boolean changesNothing,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonFormat(
            with = {
              JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY,
              JsonFormat.Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED
            })
        Set<EditedPart> edits,
    @Nullable Integer look,
    @Nullable String paperName,
    boolean setsTimeLimit,
    String summary,
    Paper paper,
    Set<Need> needs,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Set<Need> optionalNeeds,
    Map<String, HyperparameterSpec> hyperparameters,
    Map<String, @Nullable Map<String, List<Object>>> grids,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, List<Object>> contract,
    List<CostTerm> cost,
    @Nullable MemoryUse memory,
    @Nullable CostBound costBound) {
  /** How many looks descriptors choose from; reports have as many again for the others. */
  public static final int LOOKS = 28;

  private static final int COMPARED = 2;

  /** Path within a plugin jar. */
  public static final String RESOURCE = "META-INF/nepenthe/method.json";

  /**
   * A publication.
   *
   * @param title its title
   * @param authors its authors
   * @param year of publication
   * @param url where it can be read
   * @param section section, equation or algorithm that defines the method
   */
  public record Paper(
      String title,
      String authors,
      @JsonProperty(required = true) int year,
      String url,
      String section) {
    /** Checks completeness. */
    public Paper {
      DescriptorChecks.require(title != null && !title.isBlank(), "paper.title");
      DescriptorChecks.require(authors != null && !authors.isBlank(), "paper.authors");
      DescriptorChecks.require(url != null, "paper.url");
      DescriptorChecks.require(section != null, "paper.section");
    }
  }

  /** Checks completeness and copies the collections. */
  public MethodDescriptor {
    DescriptorChecks.require(name != null && !name.isBlank(), "name");
    DescriptorChecks.require(family != null, "family");
    DescriptorChecks.require(summary != null && !summary.isBlank(), "summary");
    DescriptorChecks.require(paper != null, "paper");
    runs = runs == null ? Moment.usual(family) : runs;
    edits =
        edits == null || edits.isEmpty()
            ? Set.of()
            : Collections.unmodifiableSet(EnumSet.copyOf(DescriptorChecks.named(edits)));
    needs = inOrder(needs);
    optionalNeeds = inOrder(optionalNeeds);
    DescriptorChecks.requirePossible(runs, needs, optionalNeeds);
    hyperparameters =
        Collections.unmodifiableMap(
            new LinkedHashMap<>(hyperparameters == null ? Map.of() : hyperparameters));
    grids = Collections.unmodifiableMap(new LinkedHashMap<>(grids == null ? Map.of() : grids));
    contract =
        Collections.unmodifiableMap(new LinkedHashMap<>(contract == null ? Map.of() : contract));
    cost = cost == null ? List.of() : List.copyOf(cost);
    for (CostTerm term : cost) {
      term.check(hyperparameters.keySet());
    }
    if (memory != null) {
      memory.check(hyperparameters.keySet());
    }
    if (costBound != null) {
      costBound.check(hyperparameters.keySet());
    }
    if (look != null && (look < 0 || look >= LOOKS)) {
      throw new IllegalArgumentException("look is " + look + ", must be in [0, " + LOOKS + ")");
    }
  }

  /** What is written of them must not differ from process to process, as it is hashed. */
  private static Set<Need> inOrder(@Nullable Set<Need> given) {
    return Collections.unmodifiableSet(Need.union(given == null ? Set.of() : given, Set.of()));
  }

  /** Returns what the method may be given, needed or not. */
  public Set<Need> allNeeds() {
    return Need.union(needs, optionalNeeds);
  }

  /**
   * Reads the JSON of a descriptor, checking all values against their ranges.
   *
   * @throws IllegalArgumentException with one line that says what is wrong
   */
  public static MethodDescriptor read(byte[] json) {
    MethodDescriptor descriptor = DescriptorReader.read(json);
    DescriptorChecks.requireOwn(descriptor);
    return descriptor;
  }

  /** Returns true if the method is to leave the model as it is. */
  public boolean leavesTheModel() {
    return Boolean.TRUE.equals(changesNothing);
  }

  /**
   * Returns true if its models are trained anew, on other rows: the control that tells what a model
   * is like that never saw the artifacts.
   */
  public boolean retrainsTheModel() {
    return family == Family.CONTROL && runsInTraining();
  }

  /**
   * Returns true if it runs on the trained model, and may see which rows the model is to forget or
   * what stood in their places.
   */
  public boolean editsWhatItIsShown() {
    return !runsInTraining()
        && (allNeeds().contains(Need.FORGET_SET) || allNeeds().contains(Need.TWINS));
  }

  /**
   * Returns what the method sets to zero, if figures may compare it with others that do the same.
   */
  public Optional<EditedPart> zeroes() {
    return edits.size() == 1
        ? edits.stream()
            .filter(part -> part == EditedPart.NEURONS || part == EditedPart.WEIGHTS)
            .findAny()
        : Optional.empty();
  }

  /**
   * Returns what is wrong if a method changed these tensors, and what to do; empty if it may.
   *
   * @param changed how many entries differ from the original model's, by tensor
   */
  public Optional<String> forbidden(Map<String, Long> changed, LanguageModel model) {
    if (runsInTraining()) {
      return Optional.empty();
    }
    return EditedPart.forbidden(edits.isEmpty() ? Set.of(EditedPart.ALL) : edits, changed, model);
  }

  /**
   * Does nothing if a method implements the interface of its family.
   *
   * @throws IllegalArgumentException if not, with what to do
   */
  public void requireFits(Class<?> method) {
    DescriptorChecks.requireFits(this, method);
  }

  /** Returns true if the method takes part in training, so that a trial is a training. */
  public boolean runsInTraining() {
    return runs == Moment.IN_TRAINING;
  }

  /**
   * Returns the grid for a kind of task: its own, or else the first part's ("math-16" to "math");
   * empty where the descriptor says null, because the method is not run there.
   */
  public Optional<Map<String, List<Object>>> grid(String kind) {
    for (String key = kind; ; key = key.substring(0, key.lastIndexOf('-'))) {
      if (grids.containsKey(key)) {
        return Optional.ofNullable(grids.get(key));
      }
      if (key.indexOf('-') < 0) {
        return Optional.of(Map.of());
      }
    }
  }

  /** Returns the points a method searches on a kind of task: its defaults if it has no grid. */
  public List<Map<String, Number>> gridPoints(String kind) {
    return grid(kind).map(this::expand).orElse(List.of());
  }

  /**
   * Returns every combination of the given values, missing ones at their defaults, the last
   * hyper-parameter fastest.
   *
   * @throws IllegalArgumentException if a name is unknown, a value out of range or there twice, or
   *     the combinations are too many
   */
  public List<Map<String, Number>> expand(Map<String, List<Object>> grid) {
    return new SearchGrid(hyperparameters, grid).points();
  }

  /** Returns the point at which a contract is checked. */
  public Map<String, Number> contractPoint() {
    return expand(contract).get(0);
  }

  /**
   * Returns the values whose points are compared with runs alone when a contract is checked: those
   * of contract, or else the first two of "math".
   */
  public Map<String, List<Object>> contractGrid() {
    Map<String, List<Object>> compared = new LinkedHashMap<>();
    grid("math")
        .orElse(Map.of())
        .forEach(
            (name, values) ->
                compared.put(name, values.subList(0, Math.min(COMPARED, values.size()))));
    contract.forEach(
        (name, values) -> {
          if (values.size() > 1) {
            compared.put(name, values);
          }
        });
    return compared;
  }

  /** Returns how many points a method searches on a kind of task, without making them. */
  public int gridSize(String kind) {
    return grid(kind).map(grid -> new SearchGrid(hyperparameters, grid).size()).orElse(0);
  }

  /**
   * Returns the hyper-parameters that affect localization. Grid points with equal ones share it.
   */
  public Map<String, Number> localizationKey(Map<String, Number> point) {
    Map<String, Number> key = new LinkedHashMap<>(point);
    key.keySet()
        .removeIf(
            name -> hyperparameters.get(name).affects() != HyperparameterSpec.Step.LOCALIZATION);
    return key;
  }
}
