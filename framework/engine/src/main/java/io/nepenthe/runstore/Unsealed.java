package io.nepenthe.runstore;

import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.nio.file.Path;
import java.util.Set;

/**
 * Results of the first version of each schema, which had no seal. Whoever takes the seal off a
 * result can call it one of these, so they are taken on request only.
 */
final class Unsealed {
  private static final Set<String> SCHEMAS =
      Set.of("nepenthe-run/1", "nepenthe-trial/1", "nepenthe-original/1", "nepenthe-timing/1");

  private Unsealed() {}

  /** Returns true if a file's content is that of a first version; plans had no schema then. */
  static boolean is(JsonNode json) {
    boolean isFirst =
        json.hasNonNull("schema")
            ? SCHEMAS.contains(json.path("schema").asText())
            : json.has("trials");
    return isFirst && !SealedJson.isSealed(json);
  }

  /**
   * Returns what to throw where such results were not asked for.
   *
   * @param place a file, or the folder of files of one kind
   */
  static NepentheException refused(Path place) {
    return new NepentheException(
        ErrorCode.STORE_CORRUPT,
        place
            + " is of the first version of this program, which sealed no results: nothing tells"
            + " whether it is what was measured. Nothing was changed. report, compare and energy"
            + " read it with --allow-old; for all else measure it again, in a new --out folder.");
  }

  /** Returns what to say where such results were asked for. */
  static String taken(Path place) {
    return place + " has no seal: nothing tells whether it is what was measured";
  }
}
