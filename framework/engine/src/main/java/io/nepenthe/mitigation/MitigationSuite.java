package io.nepenthe.mitigation;

import io.nepenthe.data.Window;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.plugin.Need;
import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.protocol.ProtocolVersion;
import io.nepenthe.suite.FurtherTraining;
import io.nepenthe.suite.GivenOriginal;
import io.nepenthe.suite.InclusionRule;
import io.nepenthe.suite.MethodChoice;
import io.nepenthe.suite.SelectionSpec;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.task.rows.RowsDataSpec;
import io.nepenthe.tensor.FloatType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The suite that a mitigation is: one task with the given model and rows, and the methods on the
 * grids that fit its size.
 *
 * @param methods ids of the methods
 * @param values values to search in place of a grid's, by hyper-parameter, or by method and
 *     hyper-parameter joined by a dot
 * @param seed of all randomness
 * @param threads of one operator
 * @param device where the model is computed
 * @param computeType in which type its products with matrices are computed
 * @param training how methods that train the model on do so
 */
public record MitigationSuite(
    List<String> methods,
    Map<String, List<Object>> values,
    long seed,
    int threads,
    String device,
    FloatType computeType,
    FurtherTraining training) {
  /** Id of the one task. */
  public static final String TASK = "memorized-text";

  /** From so many parameters on, a grid of the paper's large models is searched. */
  private static final long LARGE = 1_000_000_000;

  /** What there is beside a model of one's own. */
  private static final Set<Need> AVAILABLE = Set.of(Need.FORGET_SET, Need.RETAIN_SET, Need.EXTRA);

  private static final double UNLIMITED_SECONDS = 1e9;
  private static final double PERPLEXITY_LIMIT = 500;

  /** Copies the collections. */
  public MitigationSuite {
    methods = List.copyOf(methods);
    values = new LinkedHashMap<>(values);
  }

  /**
   * Checks the methods against what a model of one's own has.
   *
   * @throws NepentheException with BAD_USAGE, naming the first that cannot run
   */
  public void check(PluginCatalog plugins) {
    Set<String> unused = new LinkedHashSet<>(values.keySet());
    Set<String> named = new HashSet<>();
    for (String method : methods) {
      if (!named.add(method)) {
        throw new NepentheException(
            ErrorCode.BAD_USAGE, "--methods names " + method + " twice. Name each once.");
      }
      InstalledPlugin plugin = plugins.require(method, ErrorCode.BAD_USAGE);
      MethodDescriptor descriptor = plugin.descriptor();
      if (descriptor.runsInTraining()) {
        throw unfit(method, "takes part in training, and the model is trained");
      }
      descriptor.needs().stream()
          .filter(need -> !AVAILABLE.contains(need))
          .findFirst()
          .ifPresent(
              need -> {
                throw unfit(method, "needs " + need.id() + ", which only a model of a suite has");
              });
      for (String name : descriptor.hyperparameters().keySet()) {
        unused.remove(name);
        unused.remove(method + "." + name);
      }
      checkValues(method, descriptor);
    }
    if (!unused.isEmpty()) {
      throw new NepentheException(
          ErrorCode.BAD_USAGE,
          "--set names '"
              + unused.iterator().next()
              + "', which is a hyper-parameter of none of "
              + methods
              + ". 'nepenthe plugins' and their READMEs tell which there are.");
    }
  }

  private void checkValues(String method, MethodDescriptor descriptor) {
    try {
      descriptor.expand(asked(method, descriptor));
    } catch (IllegalArgumentException e) {
      throw new NepentheException(
          ErrorCode.BAD_USAGE, "--set, method " + method + ": " + e.getMessage() + ".", e);
    }
  }

  private static NepentheException unfit(String method, String why) {
    return new NepentheException(
        ErrorCode.BAD_USAGE, "method " + method + " " + why + ". Leave it out of --methods.");
  }

  /** Returns the suite of a model and of rows that lie in a folder. */
  public Suite of(
      Path folder, LanguageModel model, Path rowsFolder, PreparedRows rows, PluginCatalog plugins) {
    InclusionRule inclusion =
        rows.perplexity() >= PERPLEXITY_LIMIT
            ? InclusionRule.ALL // the paper's rule would exclude the model as it is
            : InclusionRule.PERPLEXITY_BELOW_500_AND_MEMORIZED_BELOW_10;
    List<MethodChoice> choices = new ArrayList<>();
    plugins.all().stream()
        .filter(each -> each.descriptor().leavesTheModel() && !methods.contains(each.id()))
        .map(each -> new MethodChoice(each.id(), null, null))
        .forEach(choices::add);
    methods.forEach(
        method ->
            choices.add(
                new MethodChoice(
                    method, grid(method, plugins.require(method).descriptor(), model), null)));
    return new Suite(
        "mitigation of " + name(folder),
        "Text that a model, %s, has memorized and is to forget: %s."
            .formatted(name(folder), String.join("; ", rows.inWords())),
        ProtocolVersion.CURRENT,
        Fidelity.CLEAN,
        List.of(seed),
        threads,
        device,
        new SelectionSpec.Choice(null, null, inclusion, null),
        0,
        List.of(task(folder, model, rowsFolder, rows)),
        choices);
  }

  private static String name(Path folder) {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    String plain =
        name == null ? "" : name.toString().replaceAll("[^\\p{L}\\p{N}._+-]+", "-").strip();
    return plain.isEmpty() ? "a model" : plain.substring(0, Math.min(60, plain.length()));
  }

  private TaskSpec task(Path folder, LanguageModel model, Path rowsFolder, PreparedRows rows) {
    return new TaskSpec(
        TASK,
        1,
        "rows",
        new RowsDataSpec(
            rowsFolder.toAbsolutePath().toString(), rows.length(), model.vocabulary(), null),
        new Window(rows.prompt(), rows.compare()),
        null,
        null,
        UNLIMITED_SECONDS,
        null,
        new GivenOriginal(folder.toAbsolutePath().toString(), training),
        null,
        null,
        computeType);
  }

  private Map<String, List<Object>> grid(
      String id, MethodDescriptor descriptor, LanguageModel model) {
    Optional<Map<String, List<Object>>> ofItsSize =
        model.layout().size() >= LARGE
            ? descriptor.grid("pythia")
            : descriptor.grid("language-" + model.layers());
    Map<String, List<Object>> grid =
        new LinkedHashMap<>(ofItsSize.or(() -> descriptor.grid("language")).orElse(Map.of()));
    grid.putAll(asked(id, descriptor));
    return grid;
  }

  /** Returns the values that are named in place of those of a grid. */
  private Map<String, List<Object>> asked(String id, MethodDescriptor descriptor) {
    Map<String, List<Object>> asked = new LinkedHashMap<>();
    for (String name : descriptor.hyperparameters().keySet()) {
      List<Object> listed = values.getOrDefault(id + "." + name, values.get(name));
      if (listed != null) {
        asked.put(name, listed);
      }
    }
    return asked;
  }
}
