package io.nepenthe.exchange;

import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.data.Windows;
import io.nepenthe.plugin.Given;
import io.nepenthe.plugin.Need;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Rows as bytes, big-endian: a mark, how long rows are trained, the windows, the padding, and each
 * part by its name. An id takes two bytes where all of a part fit, else four.
 */
final class RowsFormat {
  private static final int MARK = 0x4e50_5201;
  private static final int NO_PADDING = -1;
  private static final int LARGEST_SHORT = 0xffff;

  private RowsFormat() {}

  static void write(DataOutputStream out, HandedRows rows) throws IOException {
    Given given = rows.given();
    out.writeInt(MARK);
    out.writeInt(rows.length());
    write(out, given.windows().task());
    out.writeInt(given.windows().rows().size());
    for (Window window : given.windows().rows()) {
      write(out, window);
    }
    out.writeInt(given.padding().orElse(NO_PADDING));
    write(out, rows.train());
    out.writeInt(given.rows().size());
    List<Need> needs = new ArrayList<>(given.rows().keySet());
    needs.sort(Comparator.comparing(Need::id));
    for (Need need : needs) {
      out.writeUTF(need.id());
      write(out, given.rows().get(need));
    }
  }

  private static void write(DataOutputStream out, Window window) throws IOException {
    out.writeInt(window.prompt());
    out.writeInt(window.compare());
  }

  private static void write(DataOutputStream out, Sequences rows) throws IOException {
    int width = rows.largestToken() <= LARGEST_SHORT ? Short.BYTES : Integer.BYTES;
    out.writeInt(rows.rows());
    out.writeInt(rows.length());
    out.writeByte(width);
    for (int r = 0; r < rows.rows(); r++) {
      for (int p = 0; p < rows.length(); p++) {
        if (width == Short.BYTES) {
          out.writeShort(rows.token(r, p));
        } else {
          out.writeInt(rows.token(r, p));
        }
      }
    }
  }

  /**
   * Reads what the other wrote.
   *
   * @param bytes no part can be longer
   * @throws IllegalArgumentException if it is something else
   */
  static HandedRows read(DataInputStream in, long bytes) throws IOException {
    if (in.readInt() != MARK) {
      throw new IllegalArgumentException("it holds no rows");
    }
    int length = in.readInt();
    Window task = window(in);
    int count = size(in.readInt(), 2L * Integer.BYTES, bytes);
    List<Window> windows = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      windows.add(window(in));
    }
    int padding = in.readInt();
    Sequences train = rows(in, bytes);
    Map<Need, Sequences> parts = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      parts.put(Need.of(in.readUTF()), rows(in, bytes));
    }
    return new HandedRows(
        length,
        train,
        new Given(
            parts,
            new Windows(task, windows),
            padding == NO_PADDING ? OptionalInt.empty() : OptionalInt.of(padding),
            Map.of()));
  }

  private static Window window(DataInputStream in) throws IOException {
    return new Window(in.readInt(), in.readInt());
  }

  private static Sequences rows(DataInputStream in, long bytes) throws IOException {
    int rows = in.readInt();
    int length = in.readInt();
    int width = in.readByte();
    if (rows < 0 || length < 0 || (width != Short.BYTES && width != Integer.BYTES)) {
      throw new IllegalArgumentException(rows + " rows of " + length + " ids of " + width);
    }
    byte[] ids = new byte[width * size(Math.multiplyExact(rows, length), width, bytes)];
    in.readFully(ids);
    if (width == Short.BYTES) {
      ShortBuffer shorts = ByteBuffer.wrap(ids).asShortBuffer();
      return Sequences.of(
          length, rows, (row, p) -> Short.toUnsignedInt(shorts.get(row * length + p)));
    }
    IntBuffer ints = ByteBuffer.wrap(ids).asIntBuffer();
    return Sequences.of(length, rows, (row, p) -> ints.get(row * length + p));
  }

  /** Returns a number of things, if so many fit into a file. */
  private static int size(int things, long bytesOfOne, long bytes) {
    if (things < 0 || things * bytesOfOne > Math.min(bytes, Integer.MAX_VALUE)) {
      throw new IllegalArgumentException(things + " do not fit into " + bytes + " bytes");
    }
    return things;
  }
}
