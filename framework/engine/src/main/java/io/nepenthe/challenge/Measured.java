package io.nepenthe.challenge;

import io.nepenthe.data.Sequences;
import io.nepenthe.model.Weights;
import io.nepenthe.task.ArtifactRows;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a challenge measures of a subject's weights, before and after it has changed them. */
final class Measured {
  private final Subject subject;
  private final ArtifactRows rows;
  private final @Nullable Attacks attacks;

  /**
   * Measures on rows.
   *
   * @param attacked whether attacks are measured, too
   * @param trained artifact rows that the weights are trained on, which no attack looks at
   */
  Measured(Subject subject, ArtifactRows rows, boolean attacked, Sequences trained) {
    this.subject = subject;
    this.rows = rows;
    this.attacks = attacked ? new Attacks(subject, trained) : null;
  }

  /** Returns values by id. */
  Map<String, Double> of(Weights weights) {
    Map<String, Double> values = subject.measure(weights, rows);
    if (attacks != null) {
      values.putAll(attacks.of(weights));
    }
    return values;
  }
}
