package io.nepenthe.mitigation;

import io.nepenthe.corpus.Corpora;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.nio.file.Path;

/**
 * Prepares the rows of a mitigation: reads and cuts them, and asks the model which it reproduces.
 */
public final class Mitigation {
  private final RowInputs inputs;
  private final LanguageModel model;
  private final Corpora corpora;

  /** Does nothing yet. */
  public Mitigation(RowInputs inputs, LanguageModel model, Corpora corpora) {
    this.inputs = inputs;
    this.model = model;
    this.corpora = corpora;
  }

  /**
   * Returns the rows that lie in a folder; the first time they are read, measured and written
   * there.
   *
   * @param suite what it is begun with
   * @throws NepentheException with BAD_DATA if the model reproduces none of them
   */
  public PreparedRows prepare(MitigationFolder folder, MitigationSuite suite) {
    folder.claim(inputs, suite.threads());
    return folder.prepared().orElseGet(() -> measured(folder, suite.device()));
  }

  private PreparedRows measured(MitigationFolder folder, String device) {
    DrawnRows rows = read();
    MeasuredModel measured =
        MeasuredModel.of(inputs.model(), inputs.computeType(), rows, device, System::nanoTime);
    PreparedRows prepared = PreparedRows.of(rows, measured);
    if (prepared.forget() == 0) {
      throw new NepentheException(
          ErrorCode.BAD_DATA,
          "the model reproduces none of the %d rows of %s by greedy decoding (prompt %d, compare %d): there is nothing to forget. Lengthen --prompt, shorten --compare, or give text that it was trained on."
              .formatted(
                  prepared.candidates(), inputs.forget(), prepared.prompt(), prepared.compare()));
    }
    prepared.write(folder.rows(), rows, measured.reproduced());
    return prepared;
  }

  private DrawnRows read() {
    return new RowReader(inputs, model, corpora).read();
  }

  /** Writes the rows as they are before the model has seen them, to describe what would be done. */
  public PreparedRows draft(Path folder) {
    DrawnRows rows = read();
    MeasuredModel unknown = MeasuredModel.unknown(rows);
    PreparedRows draft = PreparedRows.of(rows, unknown);
    draft.write(folder, rows, unknown.reproduced());
    return draft;
  }

  /** Returns how fast the model is on this machine. */
  public ModelSpeed speed(PreparedRows rows) {
    return ModelSpeed.of(model, rows);
  }
}
