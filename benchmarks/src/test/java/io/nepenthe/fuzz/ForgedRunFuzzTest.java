package io.nepenthe.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.json.Json;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.runstore.StrictResults;
import io.nepenthe.submission.RuleResult;
import io.nepenthe.submission.SubmissionArchive;
import io.nepenthe.submission.Verification;
import io.nepenthe.submission.Verifier;
import io.nepenthe.summary.RunReader;
import io.nepenthe.summary.StoredRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Results that somebody changed, sealed anew and packed with right hashes, as a forger does. */
class ForgedRunFuzzTest extends ParserProperties {
  private static final Provenance HERE =
      new Provenance("none", "17", "0", "0", "none", "A CPU", 2, 1, null, null, 1, "none");
  private static final Verifier VERIFIER =
      new Verifier(name -> Optional.empty(), PluginCatalog.scan(List.of()), List.of(), HERE);

  private final GoldenRun run = GoldenRun.read();

  @Override
  List<byte[]> whole() {
    return run.whole();
  }

  @Override
  List<String> words() {
    return List.of(
        "null",
        "\"seed\":",
        "\"scores\":",
        "\"shots\":",
        "\"metrics\":",
        "1e308",
        "[null]",
        " \"approved\": true,",
        " \"seed\": 7,",
        " \"memorized\": 0,",
        " \"mitigatedHash\": \"00\",");
  }

  @Override
  Set<ErrorCode> mistakes() {
    return Set.of(ErrorCode.STORE_CORRUPT, ErrorCode.RUN_INCOMPLETE, ErrorCode.BAD_USAGE);
  }

  @Override
  int tries() {
    return 20; // each packs, unpacks and checks a whole run
  }

  @Override
  void read(byte[] file, Path place) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    String forged = run.nearest(file);
    byte[] sealed = sealedAnew(file);
    run.with(forged, sealed).forEach((path, content) -> files.put("run/" + path, content));
    files.put("submission.json", submission(files));
    Path archive = Files.write(place.resolve("a.nepenthe"), MadeArchive.of(files));
    Verification found = VERIFIER.verify(archive, null);
    for (RuleResult each : found.rules()) {
      assertTrue(
          each.found().stream().allMatch(line -> line.lines().count() <= 1), each.toString());
    }
    try (SubmissionArchive opened = SubmissionArchive.open(archive)) {
      StoredRun read = RunReader.read(opened.store(line -> {}));
      String id = forged.replaceAll(".*/|\\.json$", "");
      Stream.of(read.trials(), read.originals(), read.timings())
          .flatMap(List::stream)
          .map(Json.mapper()::<ObjectNode>valueToTree)
          .filter(each -> id.equals(each.path("id").asText(each.path("trial").asText())))
          .forEach(each -> requireSaid(sealed, each, forged));
    }
  }

  /** What an earlier program wrote is brought up to date. */
  private static void requireSaid(byte[] json, ObjectNode read, String file) {
    ObjectNode said = (ObjectNode) Said.json(json);
    if (said.path("schema").equals(read.path("schema"))) {
      Said.require(said.without("contentHash"), read, file);
    }
  }

  private static byte[] sealedAnew(byte[] file) throws IOException {
    try {
      return Json.mapper().readTree(file) instanceof ObjectNode json
          ? Json.mapper().writeValueAsBytes(StrictResults.seal(json.without("contentHash")))
          : file;
    } catch (JsonProcessingException e) {
      return file;
    }
  }

  private static byte[] submission(Map<String, byte[]> files) throws IOException {
    ObjectNode submission = (ObjectNode) Json.mapper().readTree(MadeArchive.SUBMISSION);
    ArrayNode listed = submission.putArray("files");
    files.forEach(
        (path, content) ->
            listed
                .addObject()
                .put("path", path)
                .put("size", content.length)
                .put("sha256", HexFormat.of().formatHex(ContentHash.digest(content))));
    return Json.mapper().writeValueAsBytes(submission);
  }
}
