package io.nepenthe.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.submission.FileSignature;
import io.nepenthe.submission.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Set;

/** Files of keys: one that is taken makes signatures that are its own. */
class SigningKeyFuzzTest extends ParserProperties {
  private static final byte[] MESSAGE = "signed".getBytes(UTF_8);

  @Override
  List<byte[]> whole() throws IOException {
    Path folder = Files.createTempDirectory("nepenthe-fuzz-keys");
    try {
      SigningKey.generate().write(folder.resolve("key"), folder.resolve("key.pub"));
      SigningKey.generate().write(folder.resolve("other"), folder.resolve("other.pub"));
      return List.of(
          Files.readAllBytes(folder.resolve("key")), Files.readAllBytes(folder.resolve("other")));
    } finally {
      io.nepenthe.files.Folders.delete(folder);
    }
  }

  @Override
  List<String> words() {
    return List.of(
        "-----BEGIN PRIVATE KEY-----", "-----END PUBLIC KEY-----", "-----", "=", "MC4", "AAAA");
  }

  @Override
  Set<ErrorCode> mistakes() {
    return Set.of(ErrorCode.BAD_USAGE);
  }

  @Override
  void read(byte[] file, Path place) throws IOException {
    Path pem = Files.write(place.resolve("key"), file);
    SigningKey key = SigningKey.read(pem);
    try {
      assertEquals(key.publicKey(), FileSignature.of(MESSAGE, key).signerOf(MESSAGE));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("the key's signature is not its own", e);
    }
    assertEquals(key.publicKey(), SigningKey.readPublic(pem));
  }
}
