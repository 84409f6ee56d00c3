package io.nepenthe.testkit;

import io.nepenthe.protocol.ContentHash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The weights that a method once left of the tiny model, as SHA-256 by fidelity, in a file of the
 * plugin's tests.
 *
 * <p>The last bits of the trained model depend on the processor's instructions, and on them what is
 * chosen in it. The file therefore names the model it was made of; elsewhere it says nothing. Run
 * the tests with {@code -Dnepenthe.golden.write=true} to write it anew.
 */
final class GoldenEdit {
  private static final Path FILE = Path.of("src", "test", "resources", "golden-edit.txt");
  private static final String MODEL = "model";

  private GoldenEdit() {}

  /** Returns true if the file is to be written, not compared with. */
  static boolean isToBeWritten() {
    return Boolean.getBoolean("nepenthe.golden.write");
  }

  /** Writes the hashes of what a method leaves now. */
  static void write(Map<String, float[]> edited) throws IOException {
    StringBuilder lines = new StringBuilder(MODEL + " " + hash(original()) + "\n");
    hashes(edited).forEach((fidelity, hash) -> lines.append(fidelity + " " + hash + "\n"));
    Files.createDirectories(FILE.getParent());
    Files.writeString(FILE, lines);
  }

  /** Returns the hashes that were written; none if there is no file, or one of another model. */
  static Map<String, String> read() throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    for (String line : Files.exists(FILE) ? Files.readAllLines(FILE) : List.<String>of()) {
      int space = line.indexOf(' ');
      hashes.put(line.substring(0, space), line.substring(space + 1));
    }
    return hash(original()).equals(hashes.remove(MODEL)) ? hashes : Map.of();
  }

  /** Returns the hashes of weights. */
  static Map<String, String> hashes(Map<String, float[]> edited) {
    Map<String, String> hashes = new TreeMap<>();
    edited.forEach((fidelity, values) -> hashes.put(fidelity, hash(values)));
    return hashes;
  }

  private static float[] original() {
    return TinyFixture.trained().original();
  }

  private static String hash(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return HexFormat.of().formatHex(ContentHash.digest(bytes.array()));
  }
}
