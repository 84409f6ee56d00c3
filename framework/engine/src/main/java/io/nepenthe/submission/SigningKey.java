package io.nepenthe.submission;

import io.nepenthe.files.AtomicFiles;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An Ed25519 key, in PEM. A private key's file holds its public key too; it is not encrypted, and
 * nobody but its owner may read it.
 */
public final class SigningKey {
  private static final String ALGORITHM = "Ed25519";
  private static final String PRIVATE = "PRIVATE KEY";
  private static final String PUBLIC = "PUBLIC KEY";
  private static final byte[] PROBE = {0};
  private static final int LONGEST = 10_000;
  private static final int DIGITS = 16;

  private final PrivateKey secret;
  private final PublicKey open;

  private SigningKey(PrivateKey secret, PublicKey open) {
    this.secret = secret;
    this.open = open;
  }

  /** Returns a new key. */
  public static SigningKey generate() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      return new SigningKey(pair.getPrivate(), pair.getPublic());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /**
   * Reads a private key.
   *
   * @throws NepentheException with BAD_USAGE if the file holds none
   */
  public static SigningKey read(Path file) {
    try {
      String pem = text(file);
      PrivateKey secret =
          KeyFactory.getInstance(ALGORITHM)
              .generatePrivate(new PKCS8EncodedKeySpec(block(pem, PRIVATE)));
      SigningKey key = new SigningKey(secret, publicKey(block(pem, PUBLIC)));
      if (!isBy(key.open, PROBE, key.sign(PROBE))) {
        throw new IllegalArgumentException("its two parts are not of one key");
      }
      return key;
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw noKey(file, "private", e);
    }
  }

  /**
   * Reads a public key.
   *
   * @throws NepentheException with BAD_USAGE if the file holds none
   */
  public static PublicKey readPublic(Path file) {
    try {
      return publicKey(block(text(file), PUBLIC));
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw noKey(file, "public", e);
    }
  }

  static PublicKey publicKey(byte[] encoded) throws GeneralSecurityException {
    return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
  }

  private static String text(Path file) throws IOException {
    if (Files.size(file) > LONGEST) {
      throw new IOException("it is too long");
    }
    return Files.readString(file, StandardCharsets.US_ASCII);
  }

  private static byte[] block(String pem, String kind) {
    Matcher block =
        Pattern.compile("-----BEGIN " + kind + "-----([^-]*)-----END " + kind + "-----")
            .matcher(pem);
    if (!block.find()) {
      throw new IllegalArgumentException("it has no " + kind);
    }
    return Base64.getMimeDecoder().decode(block.group(1));
  }

  private static NepentheException noKey(Path file, String kind, Exception e) {
    return new NepentheException(
        ErrorCode.BAD_USAGE,
        file
            + " holds no "
            + kind
            + " Ed25519 key ("
            + e.getMessage()
            + "). Make one by 'nepenthe keys new'.",
        e);
  }

  private static String pem(String kind, byte[] encoded) {
    return "-----BEGIN "
        + kind
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
        + "\n-----END "
        + kind
        + "-----\n";
  }

  /**
   * Writes a private and a public key into new files.
   *
   * @throws NepentheException with IO if one of them is there
   */
  public void write(Path privateFile, Path publicFile) {
    for (Path file : new Path[] {privateFile, publicFile}) {
      if (Files.exists(file)) {
        throw new NepentheException(
            ErrorCode.IO, file + " is there already. Name another, so that no key is lost.");
      }
    }
    try {
      String both = pem(PRIVATE, secret.getEncoded()) + pem(PUBLIC, open.getEncoded());
      AtomicFiles.write(privateFile, part -> writeForOwner(part, both));
      AtomicFiles.write(publicFile, pem(PUBLIC, open.getEncoded()));
    } catch (IOException e) {
      throw new NepentheException(ErrorCode.IO, "cannot write a key (" + e + ")", e);
    }
  }

  private static void writeForOwner(Path file, String text) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.writeString(file, text, StandardCharsets.US_ASCII);
  }

  /** Returns the public key. */
  public PublicKey publicKey() {
    return open;
  }

  /** Returns the signature of a message. */
  byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(secret);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign", e);
    }
  }

  /** Returns true if a signature of a message is by a key. */
  static boolean isBy(PublicKey key, byte[] message, byte[] signed) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(key);
      signature.update(message);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** Returns a few digits by which people tell keys apart. */
  public static String fingerprint(PublicKey key) {
    return HexFormat.of().formatHex(ContentHash.digest(key.getEncoded())).substring(0, DIGITS);
  }
}
