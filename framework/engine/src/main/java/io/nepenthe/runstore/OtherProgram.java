package io.nepenthe.runstore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.nio.file.Path;

/** Results that are as they were written, but not for this program: they stop what needs them. */
final class OtherProgram {
  private OtherProgram() {}

  /** Where only the number of the schema is another than was written, that is the damage. */
  static boolean isNewer(JsonNode json) {
    return ResultSchema.ownInsteadOfNewer(json)
        .map(own -> ((ObjectNode) json).deepCopy().put("schema", own))
        .filter(asOfThisProgram -> !SealedJson.isIntact(asOfThisProgram))
        .isPresent();
  }

  static NepentheException newer(Path file, JsonNode json) {
    return new NepentheException(
        ErrorCode.STORE_CORRUPT,
        file
            + " was made by a newer Nepenthe (its schema is "
            + json.path("schema").asText()
            + "). Read it with the program that wrote it; nothing was changed.");
  }

  /** What has parts that are not here. */
  static NepentheException foreign(Path file, String why, Exception cause) {
    return new NepentheException(
        ErrorCode.STORE_CORRUPT,
        file
            + " is as it was written, but this program cannot read it ("
            + why
            + "). It may name an architecture or a tokenizer that is not here. Read it with the"
            + " program that wrote it; nothing was changed.",
        cause);
  }
}
