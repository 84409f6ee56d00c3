package io.nepenthe.plugin;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something a method asks for; the context hands out nothing else.
 *
 * @param id its name in descriptors
 */
public record Need(@JsonValue String id) {
  /** The artifact rows the original model reproduces. */
  public static final Need FORGET_SET = new Need("forget-set");

  /** Rows whose behaviour is to be kept. */
  public static final Need RETAIN_SET = new Need("retain-set");

  /** The clean rows that the planted artifact rows replaced. */
  public static final Need TWINS = new Need("twins");

  /** The clean rows in whose place the rows to forget stand, row by row. */
  public static final Need FORGET_TWINS = new Need("forget-twins");

  /** The training rows that are no artifacts. */
  public static final Need EXTRA = new Need("extra");

  /** Clean rows that nothing is trained on, and nothing is judged on. */
  public static final Need VALIDATION = new Need("validation");

  /** The weights that training began with. */
  public static final Need INITIAL_WEIGHTS = new Need("initial-weights");

  private static final Pattern CHECKPOINT = Pattern.compile("checkpoint:(?<passes>[1-9]\\d{0,8})");

  private static final Pattern FILE = Pattern.compile("file:(?<name>[a-z0-9]+(-[a-z0-9]+)*)");

  private static final List<Need> ROWS =
      List.of(FORGET_SET, RETAIN_SET, TWINS, FORGET_TWINS, EXTRA, VALIDATION);

  /** Returns the weights after so many passes of the training that made the original model. */
  public static Need checkpoint(int passes) {
    return of("checkpoint:" + passes);
  }

  /** Returns the rows of a file that lies beside the task's own. */
  public static Need file(String name) {
    return of("file:" + name);
  }

  /** Returns those that are rows of every task, in the order in which they are told. */
  public static List<Need> rows() {
    return ROWS;
  }

  /** Returns two sets in one, ordered by name. */
  static Set<Need> union(Set<Need> some, Set<Need> others) {
    Set<Need> all = new TreeSet<>(Comparator.comparing(Need::id));
    all.addAll(some);
    all.addAll(others);
    return all;
  }

  /** Returns the need of that name. */
  @JsonCreator
  public static Need of(String id) {
    Need need = new Need(id);
    if (id != null
        && (need.isRows() || need.equals(INITIAL_WEIGHTS) || need.passes().isPresent())) {
      return need;
    }
    throw new IllegalArgumentException(
        "need is '"
            + id
            + "', must be forget-set, retain-set, twins, forget-twins, extra, validation,"
            + " initial-weights, checkpoint:PASSES or file:NAME");
  }

  /** Returns after how many passes a checkpoint was kept; empty if it is none that is asked for. */
  public OptionalInt passes() {
    Matcher checkpoint = CHECKPOINT.matcher(id);
    return checkpoint.matches()
        ? OptionalInt.of(Integer.parseInt(checkpoint.group("passes")))
        : OptionalInt.empty();
  }

  /** Returns the name of a file of rows; empty if it is none that is asked for. */
  public Optional<String> file() {
    Matcher file = FILE.matcher(id);
    return file.matches() ? Optional.of(file.group("name")) : Optional.empty();
  }

  /** Returns true if it is rows that only what a trained model reproduces can tell. */
  boolean isOfATrainedModel() {
    return equals(FORGET_SET) || equals(FORGET_TWINS);
  }

  /** Returns true if it is rows. */
  public boolean isRows() {
    return ROWS.contains(this) || file().isPresent();
  }
}
