package io.nepenthe.plugins.greedy;

import io.nepenthe.editing.Edits;
import io.nepenthe.plugin.Localizations;
import io.nepenthe.plugin.LocalizedUnlearning;
import io.nepenthe.plugin.MitigationContext;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.pf4j.Extension;

/**
 * Greedy: zeroes MLP weights one by one, at each step the one whose removal, to first order, most
 * raises the loss on memorized rows and lowers it on the others.
 *
 * <p>A smaller ratio takes fewer of the same steps, so one run at the largest yields all: each
 * finding is the first entries of that run's list.
 */
@Extension
public final class Greedy
    implements LocalizedUnlearning<Greedy.Hyperparameters, List<Greedy.Entry>> {
  /**
   * How long and on what the search goes.
   *
   * @param ratio steps as a share of all parameters of the model, in [0, 1]
   * @param batchSize rows of a step's mini-batch; it sets how forget and retain rows mix
   */
  public record Hyperparameters(double ratio, int batchSize) {
    /** Returns the number of steps for a model's size: the first whole number not below share. */
    long steps(long parameters) {
      return (long) Math.ceil(parameters * ratio);
    }
  }

  /**
   * A weight that was zeroed.
   *
   * @param tensor where it lies
   * @param index flat, in stored order
   */
  public record Entry(String tensor, long index) {}

  @Override
  public Class<Hyperparameters> hyperparameters() {
    return Hyperparameters.class;
  }

  @Override
  public void localize(
      List<Hyperparameters> points,
      MitigationContext context,
      Localizations<Hyperparameters, List<Entry>> found) {
    long parameters = context.model().layout().size();
    List<Hyperparameters> shortestFirst =
        points.stream().sorted(Comparator.comparingLong(point -> point.steps(parameters))).toList();
    long most = shortestFirst.get(points.size() - 1).steps(parameters);
    try (WeightRemoval removal = new WeightRemoval(points.get(0).batchSize(), context)) {
      for (Hyperparameters point : shortestFirst) {
        while (removal.steps() < point.steps(parameters)) {
          context.progress(removal.steps(), most);
          removal.step();
        }
        found.put(point, removal.removed());
      }
    }
  }

  @Override
  public void edit(
      List<Entry> removed, Hyperparameters hyperparameters, MitigationContext context) {
    removed.stream()
        .collect(Collectors.groupingBy(Entry::tensor))
        .forEach(
            (tensor, entries) ->
                Edits.zeroEntries(
                    context.weights(), tensor, entries.stream().mapToLong(Entry::index).toArray()));
  }
}
