package io.nepenthe.leaderboard;

import io.nepenthe.report.view.RankingTable;
import java.util.List;
import java.util.Locale;

/** What a reader must know of how methods are ranked; the same for every board. */
final class Rules {
  private Rules() {}

  static List<String> sentences() {
    return List.of(
        "On each task, the rules stated with it choose one trial for every method and seed, on the"
            + " rows that are reported, and score it by what memorization and utility became; lower"
            + " is better. Each run chooses among its own trials, against the limit that it measured"
            + " itself.",
        "An entry is one jar of one version of a method; two jars are never averaged. Of each entry,"
            + " task and seed the first run that has a result counts, whole runs before others: on"
            + " a board of submissions by the dates at which they came, else in the order in which the"
            + " runs were given. What a run says of its own time orders nothing. Whoever submits an entry again, or many times, cannot raise"
            + " its score. A method has one place. Of its versions the newest is ranked, and of the"
            + " jars of one version the first; the others are listed with the reason. An id of a"
            + " method that Nepenthe ships belongs to the jar it ships.",
        "Of each task and seed one original model counts, so that methods are paired on the same"
            + " models: on a board of submissions that of the first, else that on which most methods"
            + " have a result (of equal ones, the first). Results on others are listed, not placed.",
        "A method takes a place if it has a result of every seed that is asked for, those that the"
            + " board names or that at least half of the methods have, and its numbers are of these"
            + " seeds alone. One whose run lacks trials of its plan, has damaged results, or has no"
            + " valid trial of the method that sets its limit is listed with the reason, not placed.",
        "A seed whose original model memorized nothing is out for every method. A task of which that"
            + " is true of all seeds is shown, but does not count overall.",
        "On a task, methods stand in the order of their mean score over seeds. "
            + RankingTable.RULE
            + " That methods were not told apart does not show that they are equal.",
        "Overall, methods stand in the order of their mean rank over the tasks of a board, which all"
            + " weigh the same. The rank on a task is the mean of the positions that its tie group"
            + " takes. A method without a place on a task counts there as last, as one group with"
            + " all others that have none: leaving out a task cannot help. Equal mean ranks share a"
            + " place. The overall order sums up; it is not tested.",
        "Intervals over seeds are Student’s 95 % intervals of the mean, which hold for normally"
            + " distributed values and cover less where they are skewed. Overall, the range of ranks"
            + " over tasks is given.",
        "Controls show what a number is worth. They are listed and take no place.",
        String.format(
            Locale.ROOT,
            "A method is marked as over-unlearned where memorization is gone (at most %.0f %%"
                + " memorized) and utility with it: accuracy has lost more than %.0f %% of what it"
                + " was or, where perplexity is the measure, perplexity has risen by more than"
                + " %.0f %%. The mark does not change the place.",
            OverUnlearning.MEMORIZED_PERCENT,
            100 * OverUnlearning.ACCURACY_LOSS,
            100 * OverUnlearning.PERPLEXITY_RISE),
        "Times compare only within one class of machines (processor, cores, GPU, threads): that on"
            + " which most methods of the task were timed. Other times are left out. Times take no"
            + " part in the ranking, except where a task's rules say so.",
        "Results of different protocol versions, fidelities, definitions or rules of a task are never"
            + " ranked together.");
  }
}
