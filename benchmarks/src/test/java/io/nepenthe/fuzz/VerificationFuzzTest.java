package io.nepenthe.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.json.Json;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.provenance.SandboxUse;
import io.nepenthe.runstore.StrictResults;
import io.nepenthe.submission.Rule;
import io.nepenthe.submission.RuleResult;
import io.nepenthe.submission.Verdict;
import io.nepenthe.submission.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What was found of an archive, as it was sealed and sealed anew by somebody else. */
class VerificationFuzzTest extends ParserProperties {
  private static final Verification VERIFICATION =
      new Verification(
          Verification.SCHEMA,
          "0a".repeat(32),
          "ours",
          Verification.QUESTIONED,
          Verification.RE_RUN,
          Arrays.stream(Rule.values())
              .map(rule -> new RuleResult(rule, Verdict.QUESTION, List.of("found"), ""))
              .toList(),
          new Verification.Rerun(7, List.of("t1", "t2"), 20, true, new SandboxUse("auto", "none")),
          "f".repeat(16),
          "0.1.0",
          "1.1",
          "Linux, a CPU");

  @Override
  List<byte[]> whole() throws IOException {
    return List.of(Json.mapper().writeValueAsBytes(StrictResults.seal(VERIFICATION)));
  }

  @Override
  List<String> words() {
    return List.of(
        "\"accepted\"", "\"pass\"", "\"verdict\"", "\"rules\":", "\"sha256\":", "0", "null");
  }

  @Override
  Set<ErrorCode> mistakes() {
    return Set.of(ErrorCode.STORE_CORRUPT);
  }

  @Override
  void read(byte[] file, Path place) throws IOException {
    Path json = place.resolve("verification.json");
    if (tree(file) instanceof ObjectNode said) {
      ObjectNode forged = StrictResults.seal(said.without("contentHash"));
      byte[] anew = Json.mapper().writeValueAsBytes(forged);
      readAnew(Files.write(json, anew), anew);
    }
    assertEquals(VERIFICATION, Verification.read(Files.write(json, file)));
  }

  private static void readAnew(Path json, byte[] anew) {
    try {
      Verification read = Verification.read(json);
      Said.inJson(anew, StrictResults.seal(read));
      read.error();
    } catch (io.nepenthe.protocol.NepentheException e) {
      assertEquals(ErrorCode.STORE_CORRUPT, e.code());
    }
  }

  private static JsonNode tree(byte[] file) throws IOException {
    try {
      return Json.mapper().readTree(file);
    } catch (JsonProcessingException e) {
      return Json.mapper().nullNode();
    }
  }
}
