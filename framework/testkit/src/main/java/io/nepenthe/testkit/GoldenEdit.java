package io.nepenthe.testkit;

import io.nepenthe.editing.Edits;
import io.nepenthe.editing.EntryScores;
import io.nepenthe.editing.MlpGradients;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.protocol.ContentHash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The weights that a method once left of the tiny model, as SHA-256 by fidelity, in a file of the
 * plugin's tests.
 *
 * <p>What is chosen depends on the last bits of gradients, and they on the processor's
 * instructions. The file therefore holds a hash of gradients too; where these come out otherwise,
 * it says nothing. Run the tests with {@code -Dnepenthe.golden.write=true} to write it anew.
 */
final class GoldenEdit {
  private static final Path FILE = Path.of("src", "test", "resources", "golden-edit.txt");
  private static final String GRADIENTS = "gradients";

  private static final int BATCH = 64;

  private GoldenEdit() {}

  /** Returns true if the file is to be written, not compared with. */
  static boolean isToBeWritten() {
    return Boolean.getBoolean("nepenthe.golden.write");
  }

  /** Writes the hashes of what a method leaves now. */
  static void write(Map<String, float[]> edited) throws IOException {
    StringBuilder lines = new StringBuilder(GRADIENTS + " " + gradients() + "\n");
    hashes(edited).forEach((fidelity, hash) -> lines.append(fidelity + " " + hash + "\n"));
    Files.createDirectories(FILE.getParent());
    Files.writeString(FILE, lines);
  }

  /** Returns the hashes that were written; none if there is no file, or one of other last bits. */
  static Map<String, String> read() throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    for (String line : Files.exists(FILE) ? Files.readAllLines(FILE) : List.<String>of()) {
      int space = line.indexOf(' ');
      hashes.put(line.substring(0, space), line.substring(space + 1));
    }
    return gradients().equals(hashes.remove(GRADIENTS)) ? hashes : Map.of();
  }

  /** Returns the hashes of weights. */
  static Map<String, String> hashes(Map<String, float[]> edited) {
    Map<String, String> hashes = new TreeMap<>();
    edited.forEach((fidelity, values) -> hashes.put(fidelity, hash(values)));
    return hashes;
  }

  /** Returns the hash of the forget set's gradient at the MLP tensors. */
  private static String gradients() {
    MessageDigest sha256 = ContentHash.sha256();
    MitigationContext context = TinyFixture.trained().context(0);
    try (EntryScores sizes = MlpGradients.sizesOnForgetSet(BATCH, context)) {
      for (TensorSpec tensor : Edits.editable(context.model())) {
        sha256.update(bytes(sizes.get(tensor.name()).toFloatArray()));
      }
    }
    context.weights().close();
    return HexFormat.of().formatHex(sha256.digest());
  }

  private static String hash(float[] values) {
    return HexFormat.of().formatHex(ContentHash.digest(bytes(values)));
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return bytes.array();
  }
}
