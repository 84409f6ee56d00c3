package io.nepenthe.suite;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.nepenthe.json.Json;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.protocol.ProtocolVersion;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.tensor.DeviceName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A named list of tasks, methods and seeds.
 *
 * @param name as the command line knows it
 * @param description one paragraph for readers of the report
 * @param protocol version of the measuring rules it was written for, Major.Minor
 * @param fidelity clean unless stated
 * @param seeds the run seeds; the paper's are 0, 1, 3
 * @param threads threads one operator may use; fixes the results' last bits
 * @param device "cpu", "gpu", "gpu1", ..., and maybe "+tf32" behind a GPU
 * @param selection rules that choose winners; what is left out is the paper's for the kind of task
 * @param timingForks fresh processes in which JMH times the winners of each task and method; 3 if
 *     left out, 0 to take no times
 * @param challenges put to the winners, to see whether what they forgot stays forgotten; none if
 *     left out
 * @param tasks at least one
 * @param methods at least one
 */
public record Suite(
    String name,
    String description,
    String protocol,
    @Nullable Fidelity fidelity,
    List<Long> seeds,
    @Nullable Integer threads,
    @Nullable String device,
    SelectionSpec.@Nullable Choice selection,
    @Nullable Integer timingForks,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable List<ChallengeSpec> challenges,
    List<TaskSpec> tasks,
    List<MethodChoice> methods) {
  /** Fresh processes of a timing if nothing else is said: the fewest that give an error. */
  public static final int USUAL_FORKS = 3;

  /** It becomes the name of a folder, and a word of every report. */
  private static final Pattern NAME =
      Pattern.compile("(?![. -])[^/\\\\\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]{1,100}(?<![. ])");

  /** Fills in what was left out and checks the rest. */
  @JsonCreator
  public Suite {
    fidelity = fidelity == null ? Fidelity.CLEAN : fidelity;
    threads = threads == null ? 1 : threads;
    device = device == null ? "cpu" : device;
    timingForks = timingForks == null ? USUAL_FORKS : timingForks;
    require(name != null && !name.isBlank(), "name is missing");
    require(
        NAME.matcher(name).matches(),
        "name is "
            + Json.line(name)
            + ", must be a name and no path: up to 100 letters, digits and signs"
            + " without / and \\, not beginning with a dot");
    require(description != null, "description is missing");
    require(protocol != null, "protocol is missing");
    require(seeds != null && !seeds.isEmpty(), "seeds is empty, must list at least one");
    require(tasks != null && !tasks.isEmpty(), "tasks is empty, must list at least one");
    require(methods != null && !methods.isEmpty(), "methods is empty, must list at least one");
    require(timingForks >= 0, "timingForks is " + timingForks + ", must be at least 0");
    require(threads >= 1, "threads is " + threads + ", must be at least 1");
    DeviceName.of(device);
    challenges = challenges == null ? List.of() : challenges;
    requireElements("challenges", challenges);
    requireElements("seeds", seeds);
    requireElements("tasks", tasks);
    requireElements("methods", methods);
    challenges = List.copyOf(challenges);
    seeds = List.copyOf(seeds);
    tasks = List.copyOf(tasks);
    methods = List.copyOf(methods);
    requireDistinct("challenges", challenges.stream().map(ChallengeSpec::kind).toList());
    requireDistinct("seeds", seeds);
    requireDistinct("tasks", tasks.stream().map(TaskSpec::id).toList());
    requireDistinct("methods", methods.stream().map(MethodChoice::id).toList());
    if (selection != null && selection.limit() != null) {
      List<String> ids = methods.stream().map(MethodChoice::id).toList();
      require(
          ids.contains(selection.limit()),
          "selection.limit is '" + selection.limit() + "', must be one of the methods " + ids);
    }
    for (MethodChoice method : methods) {
      require(
          method.seeds() == null || seeds.containsAll(method.seeds()),
          "method " + method.id() + " has seeds " + method.seeds() + ", the suite has " + seeds);
    }
  }

  /** Makes a suite without challenges. */
  public Suite(
      String name,
      String description,
      String protocol,
      @Nullable Fidelity fidelity,
      List<Long> seeds,
      @Nullable Integer threads,
      @Nullable String device,
      SelectionSpec.@Nullable Choice selection,
      @Nullable Integer timingForks,
      List<TaskSpec> tasks,
      List<MethodChoice> methods) {
    this(
        name,
        description,
        protocol,
        fidelity,
        seeds,
        threads,
        device,
        selection,
        timingForks,
        null,
        tasks,
        methods);
  }

  /** Returns this suite if this program measures by the rules it was written for. */
  public Suite requireCurrentProtocol() {
    if (!ProtocolVersion.CURRENT.equals(protocol)) {
      throw new NepentheException(
          ErrorCode.BAD_SUITE,
          "suite "
              + name
              + ": protocol is "
              + protocol
              + ", this program measures by "
              + ProtocolVersion.CURRENT
              + ". Use the program that measures by "
              + protocol
              + ", or correct the suite.");
    }
    return this;
  }

  /** Returns the reference's defects this suite reproduces. */
  public Set<Quirk> quirks() {
    return Quirk.of(fidelity);
  }

  /** Returns the rules that choose the winners on a task. */
  public SelectionSpec selection(TaskSpec task) {
    return SelectionSpec.of(task.rules(), selection);
  }

  /**
   * Returns this suite with the method named whose time limits that of others: the one it names, or
   * else its first that says it does.
   *
   * @param setsTimeLimit what the method of an id says
   */
  public Suite withTimeLimit(Predicate<String> setsTimeLimit) {
    SelectionSpec.Choice choice = selection == null ? SelectionSpec.Choice.NONE : selection;
    return methods.stream()
        .map(MethodChoice::id)
        .filter(id -> choice.limit() == null && setsTimeLimit.test(id))
        .findFirst()
        .map(id -> new SuiteCopy(this).choosing(choice.limitedBy(id)).suite())
        .orElse(this);
  }

  /** A part may lack the method whose time is the limit, where no rule asks for it. */
  private SelectionSpec.@Nullable Choice choiceAmong(List<MethodChoice> kept) {
    return selection == null
            || kept.stream().anyMatch(method -> method.id().equals(selection.limit()))
        ? selection
        : selection.limitedBy(null);
  }

  /** Returns this suite in another fidelity. */
  public Suite in(Fidelity other) {
    return new SuiteCopy(this).fidelity(other).suite();
  }

  /** Returns this suite on another device. */
  public Suite on(String other) {
    return new SuiteCopy(this).device(other).suite();
  }

  /**
   * Returns this suite with further methods after its own, each with its own grid.
   *
   * @throws NepentheException if the suite has one of them already
   */
  public Suite joinedBy(List<String> methodIds) {
    List<MethodChoice> all = new ArrayList<>(methods);
    for (String id : methodIds) {
      if (all.stream().anyMatch(method -> method.id().equals(id))) {
        throw new NepentheException(
            ErrorCode.BAD_USAGE,
            "suite " + name + " has the method '" + id + "' already. Leave it out of --add.");
      }
      all.add(new MethodChoice(id, null, null));
    }
    return new SuiteCopy(this).methods(all).suite();
  }

  /**
   * Returns this suite with the named tasks, methods and seeds only; empty lists leave all. The
   * method that sets the time limit stays where a rule of inclusion needs it.
   *
   * @throws NepentheException if the suite has one of them not
   */
  public Suite only(List<String> taskIds, List<String> methodIds, List<Long> only) {
    List<Long> keptSeeds = only.isEmpty() ? seeds : kept("seed", seeds, seed -> seed, only);
    List<TaskSpec> keptTasks =
        taskIds.isEmpty() ? tasks : kept("task", tasks, TaskSpec::id, taskIds);
    List<MethodChoice> keptMethods =
        methodIds.isEmpty()
            ? methods
            : kept("method", methods, MethodChoice::id, withLimit(methodIds, keptTasks));
    return new SuiteCopy(this)
        .choosing(choiceAmong(keptMethods))
        .seeds(keptSeeds)
        .tasks(keptTasks)
        .methods(keptMethods.stream().map(method -> method.among(keptSeeds)).toList())
        .suite();
  }

  /**
   * Returns what is left of this suite to do one trial again: neither rules nor times, and nothing
   * is challenged.
   */
  public Suite trial(String task, long seed, String method, Map<String, List<Object>> grid) {
    return new SuiteCopy(this)
        .choosing(null)
        .seeds(List.of(seed))
        .timingForks(0)
        .challenges(List.of())
        .tasks(tasks.stream().filter(each -> each.id().equals(task)).toList())
        .methods(List.of(new MethodChoice(method, grid, null)))
        .suite();
  }

  /** Returns this suite with other seeds. */
  public Suite seeded(List<Long> others) {
    return new SuiteCopy(this).seeds(others).suite();
  }

  /** Returns this suite with other challenges. */
  public Suite challengedBy(List<ChallengeSpec> others) {
    return new SuiteCopy(this).challenges(others).suite();
  }

  private List<String> withLimit(List<String> methodIds, List<TaskSpec> keptTasks) {
    return Stream.concat(
            methodIds.stream(),
            keptTasks.stream()
                .map(this::selection)
                .filter(rules -> rules.inclusion() == InclusionRule.NO_SLOWER_THAN_LIMIT)
                .map(SelectionSpec::limit)
                .filter(Objects::nonNull))
        .toList();
  }

  private <T, K> List<T> kept(String what, List<T> all, Function<T, K> key, List<K> asked) {
    List<K> known = all.stream().map(key).toList();
    for (K each : asked) {
      if (!known.contains(each)) {
        throw new NepentheException(
            ErrorCode.BAD_USAGE,
            "suite " + name + " has no " + what + " '" + each + "'; it has " + known + ".");
      }
    }
    return all.stream().filter(each -> asked.contains(key.apply(each))).toList();
  }

  private static void requireElements(String what, List<?> values) {
    require(values.stream().allMatch(Objects::nonNull), what + " has an empty element");
  }

  private static void requireDistinct(String what, List<?> values) {
    require(
        new HashSet<>(values).size() == values.size(), what + " lists something twice: " + values);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
