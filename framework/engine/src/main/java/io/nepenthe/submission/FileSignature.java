package io.nepenthe.submission;

import io.nepenthe.json.Json;
import io.nepenthe.protocol.ContentHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Who signed a file: {@code submission.sig} of an archive, {@code NAME.jar.sig} beside a jar.
 *
 * @param schema "nepenthe-signature/1"
 * @param publicKey the signer's Ed25519 key, X.509 in Base64
 * @param signature of the schema's name, a line end, and the hexadecimal SHA-256 of the file; in
 *     Base64
 */
public record FileSignature(String schema, String publicKey, String signature) {
  /** The schema this program writes. */
  public static final String SCHEMA = "nepenthe-signature/1";

  /** Checks that all is stated. */
  public FileSignature {
    if (!SCHEMA.equals(schema) || publicKey == null || signature == null) {
      throw new IllegalArgumentException("it lacks schema, publicKey or signature");
    }
  }

  /** Signs a file's bytes. */
  public static FileSignature of(byte[] file, SigningKey key) {
    Base64.Encoder base64 = Base64.getEncoder();
    return new FileSignature(
        SCHEMA,
        base64.encodeToString(key.publicKey().getEncoded()),
        base64.encodeToString(key.sign(message(file))));
  }

  /** Reads a signature. */
  public static FileSignature read(byte[] json) throws IOException {
    return Json.read(json, FileSignature.class);
  }

  /**
   * Returns the key by which a file was signed.
   *
   * @throws GeneralSecurityException if the signature is not of that file
   */
  public PublicKey signerOf(byte[] file) throws GeneralSecurityException {
    try {
      Base64.Decoder base64 = Base64.getDecoder();
      PublicKey key = SigningKey.publicKey(base64.decode(publicKey));
      if (SigningKey.isBy(key, message(file), base64.decode(signature))) {
        return key;
      }
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("it is no Base64", e);
    }
    throw new GeneralSecurityException("the signature is not of this file");
  }

  private static byte[] message(byte[] file) {
    String hash = HexFormat.of().formatHex(ContentHash.digest(file));
    return (SCHEMA + "\n" + hash).getBytes(StandardCharsets.US_ASCII);
  }
}
