package io.nepenthe.report.lasting;

import io.nepenthe.report.view.Table;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The tables of what challenges left on a task, in their order. */
public final class ChallengeTables {
  private ChallengeTables() {}

  /** Returns all that have rows to show. */
  public static List<Table> of(TaskChallenges task) {
    return Stream.concat(brief(task).stream(), details(task).stream()).toList();
  }

  /** Returns those that say what it comes to. */
  public static List<Table> brief(TaskChallenges task) {
    return Stream.of(
            RetentionTable.brief(task),
            FooledTable.of(task).filter(table -> !table.rows().isEmpty()))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Returns those of every variant, and of what an onlooker can still tell. */
  public static List<Table> details(TaskChallenges task) {
    return Stream.of(AttacksTable.of(task), RetentionTable.whole(task), ChallengedTable.of(task))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Returns what is to be said where no method changes its rank; nothing else. */
  public static String sameRanks(TaskChallenges task) {
    return !task.ranks().isEmpty() && task.ranks().stream().allMatch(each -> each.lost() == 0)
        ? "No method changes its rank by % memorized under challenges on " + task.task() + "."
        : "";
  }
}
