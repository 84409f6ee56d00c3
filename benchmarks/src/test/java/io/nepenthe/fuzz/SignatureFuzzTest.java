package io.nepenthe.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.nepenthe.json.Json;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.submission.FileSignature;
import io.nepenthe.submission.Rule;
import io.nepenthe.submission.RuleResult;
import io.nepenthe.submission.SigningKey;
import io.nepenthe.submission.Verdict;
import io.nepenthe.submission.Verification;
import io.nepenthe.submission.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who signed an archive: a signature that is not whole is nobody's. */
class SignatureFuzzTest extends ParserProperties {
  private static final byte[] SIGNED = MadeArchive.SUBMISSION.getBytes(UTF_8);
  private static final SigningKey KEY = SigningKey.generate();
  private static final Provenance HERE =
      new Provenance("none", "17", "0", "0", "none", "A CPU", 2, 1, null, null, 1, "none");
  private static final Verifier VERIFIER =
      new Verifier(name -> Optional.empty(), PluginCatalog.scan(List.of()), List.of(), HERE);

  @Override
  List<byte[]> whole() {
    return List.of(Json.line(FileSignature.of(SIGNED, KEY)).getBytes(UTF_8));
  }

  @Override
  List<String> words() {
    return List.of("null", "\"signature\":", "\"publicKey\":", "nepenthe-signature/2", "=", "MCow");
  }

  @Override
  Set<ErrorCode> mistakes() {
    return Set.of();
  }

  @Override
  void read(byte[] file, Path place) throws IOException {
    byte[] zip = MadeArchive.of(Map.of("submission.json", SIGNED, "submission.sig", file));
    Verification found = VERIFIER.verify(Files.write(place.resolve("a.nepenthe"), zip), null);
    RuleResult rule = found.of(Rule.SIGNATURE);
    assertNotEquals(Verdict.SKIPPED, rule.verdict(), rule.toString());
    if (rule.verdict() == Verdict.PASS) {
      assertEquals(SigningKey.fingerprint(KEY.publicKey()), found.signedBy());
    }
  }
}
