package io.nepenthe.task.language;

import io.nepenthe.data.Sequences;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.task.ArtifactRows;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Rows that are made as planted ones are, and that no model is trained on. */
final class NeverPlanted {
  private NeverPlanted() {}

  /**
   * Returns the clean chunks of planted ones with other noise, which is as likely as that planted.
   */
  static ArtifactRows noised(Sequences anew, ArtifactRows planted) {
    return ArtifactRows.of(anew, planted.twins(), planted.windows());
  }

  /** Returns as many test passages as are planted, or all there are, prompted with themselves. */
  static ArtifactRows passages(Sequences tested, ArtifactRows planted, RandomGenerator random) {
    int count = Math.min(tested.rows(), planted.rows());
    int[] order = RandomStreams.permutation(tested.rows(), random);
    Sequences passages = tested.select(Arrays.copyOf(order, count));
    return ArtifactRows.of(
            passages, planted.twins().slice(0, count), planted.windows().subList(0, count))
        .promptedWith(passages);
  }
}
