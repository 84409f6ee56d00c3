package io.nepenthe.exchange;

import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A file by which the judge hands rows to a worker, as the request names it.
 *
 * @param path where it lies, for one request only
 * @param bytes its size
 * @param sha256 hash of its content
 */
public record RowsFile(String path, long bytes, String sha256) {
  private static final String NAME = "given.rows";
  private static final int BUFFER = 1 << 16;

  /** Writes rows into a folder. */
  public static RowsFile write(Path folder, HandedRows rows) {
    Path file = folder.resolve(NAME);
    MessageDigest digest = ContentHash.sha256();
    try {
      try (OutputStream out = Files.newOutputStream(file);
          DataOutputStream data =
              new DataOutputStream(
                  new BufferedOutputStream(new DigestOutputStream(out, digest), BUFFER))) {
        RowsFormat.write(data, rows);
      }
      String hash = HexFormat.of().formatHex(digest.digest());
      return new RowsFile(file.toString(), Files.size(file), hash);
    } catch (IOException e) {
      throw new NepentheException(ErrorCode.IO, "cannot write " + file + " (" + e + ")", e);
    }
  }

  /**
   * Returns the rows.
   *
   * @throws NepentheException if the file is not the one that was written, to the byte
   */
  public HandedRows read() {
    Path file = Path.of(path);
    MessageDigest digest = ContentHash.sha256();
    try (InputStream in = Files.newInputStream(file);
        DataInputStream data =
            new DataInputStream(
                new BufferedInputStream(new DigestInputStream(in, digest), BUFFER))) {
      if (Files.size(file) != bytes) {
        throw changed("it has " + Files.size(file) + " bytes, must have " + bytes, null);
      }
      HandedRows rows = RowsFormat.read(data, bytes);
      if (data.read() >= 0 || !HexFormat.of().formatHex(digest.digest()).equals(sha256)) {
        throw changed("its hash is another", null);
      }
      return rows;
    } catch (IOException | IllegalArgumentException | ArithmeticException e) {
      throw changed("it cannot be read: " + e, e);
    }
  }

  private NepentheException changed(String how, @Nullable Exception cause) {
    return new NepentheException(
        ErrorCode.BAD_DATA,
        "the rows in " + path + " are not those that were handed over (" + how + ")",
        cause);
  }
}
