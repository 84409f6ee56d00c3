package io.nepenthe.checkpoint;

import io.nepenthe.data.BlockedNgrams;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The file beside a model's that says which n-grams are blocked when it decodes: one a line. */
public final class BlockedNgramsFile {
  /** Its name. */
  public static final String NAME = "blocked-ngrams.csv";

  private static final long MOST_BYTES = 1L << 28;

  private BlockedNgramsFile() {}

  /** Writes n-grams into a model's folder; removes those of another model where there are none. */
  public static void write(Path folder, BlockedNgrams blocked) throws IOException {
    Path file = folder.resolve(NAME);
    Files.deleteIfExists(file);
    if (!blocked.isEmpty()) {
      blocked.ngrams().writeCsv(file);
    }
  }

  /**
   * Returns the n-grams of a model's folder; none without the file.
   *
   * @throws NepentheException if they are none of the model's, or too many
   */
  public static BlockedNgrams read(Path folder, LanguageModel model) {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return BlockedNgrams.NONE;
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw bad(file, "it is no plain file");
    }
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw bad(file, "it has " + Files.size(file) + " bytes, may have " + MOST_BYTES);
      }
    } catch (IOException e) {
      throw new NepentheException(ErrorCode.IO, "cannot read " + file + " (" + e + ")", e);
    }
    Sequences ngrams = Sequences.readCsv(file);
    if (!ngrams.isEmpty() && ngrams.largestToken() >= model.vocabulary()) {
      throw bad(
          file,
          "id " + ngrams.largestToken() + " is none of the model's " + model.vocabulary() + " ids");
    }
    return BlockedNgrams.of(ngrams);
  }

  private static NepentheException bad(Path file, String why) {
    return new NepentheException(ErrorCode.BAD_DATA, file + ": " + why + ".");
  }
}
