package io.nepenthe.mitigation;

import io.nepenthe.checkpoint.FolderState;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.tensor.FloatType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of a mitigation are made of.
 *
 * @param model Hugging Face folder
 * @param forget file of what the model is to forget
 * @param retain file of what it is to keep; null for a corpus
 * @param judged file of what its perplexity is measured on; null for a part of what it is to keep
 * @param field of JSON lines, or column of Parquet files, that holds the rows; null for the usual
 * @param prompt tokens given; null for what the file says, or the paper's
 * @param compare tokens compared; null for what the file says, or the paper's
 * @param corpus name of the corpus that rows are kept from; null for the first that is there
 * @param rows most rows to keep, and to measure on; null for three for each row to forget
 * @param seed which rows of a corpus are drawn
 * @param computeType in which the model is computed, which says what it reproduces of them
 */
public record RowInputs(
    Path model,
    Path forget,
    @Nullable Path retain,
    @Nullable Path judged,
    @Nullable String field,
    @Nullable Integer prompt,
    @Nullable Integer compare,
    @Nullable String corpus,
    @Nullable Integer rows,
    long seed,
    FloatType computeType) {
  /** Returns by name what rows depend on: what files hold, not where they lie. */
  Map<String, String> identity() {
    Map<String, String> identity = new LinkedHashMap<>();
    // a run looks at every byte of the model
    identity.put("--model", ContentHash.of(FolderState.of(model)));
    identity.put("--forget", hash(forget));
    identity.put("--retain", retain == null ? "" : hash(retain));
    identity.put("--eval", judged == null ? "" : hash(judged));
    identity.put("--field", String.valueOf(field));
    identity.put("--prompt", String.valueOf(prompt));
    identity.put("--compare", String.valueOf(compare));
    identity.put("--corpus", String.valueOf(corpus));
    identity.put("--rows", String.valueOf(rows));
    identity.put("--seed", String.valueOf(seed));
    identity.put("--compute-type", computeType.inConfig());
    return identity;
  }

  private static String hash(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new NepentheException(
          ErrorCode.BAD_DATA, file + (Files.exists(file) ? " is no file." : " is not there."));
    }
    return ContentHash.ofFile(file);
  }
}
