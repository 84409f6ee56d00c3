package io.nepenthe.extraction;

import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.json.Json;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.wording.Words;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an unfinished search has found, beside the file to be: a line that says what is searched,
 * then of each batch its finds and a line that ends it. What a killed process wrote of a batch
 * without that line is cut off, and the batch done again.
 */
final class FindsFile implements Closeable {
  private static final String SEARCH = "search";
  private static final String WINDOWS = "windows";
  private static final String TRIVIAL = "trivial";

  private final Path file;
  private final FileChannel channel;
  private long windows;
  private long trivial;

  private FindsFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens a file, or begins one.
   *
   * @param identity everything that decides what is found
   * @throws NepentheException with IO if it is of another search, or another process writes it
   */
  static FindsFile open(Path file, String identity) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FindsFile finds = new FindsFile(file, channel);
    try {
      finds.lock();
      finds.resume(identity);
      return finds;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private void lock() throws IOException {
    try {
      if (channel.tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      throw new NepentheException(ErrorCode.IO, isWritten(), e);
    }
    throw new NepentheException(ErrorCode.IO, isWritten());
  }

  private String isWritten() {
    return file + " is written by another process. Wait for it, or give --out another file.";
  }

  private void resume(String identity) throws IOException {
    long whole = 0;
    long at = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      for (byte[] line = line(in); line.length > 0; line = line(in)) {
        at += line.length;
        JsonNode json = json(line);
        if (json == null) {
          if (whole == 0) {
            requireBegun(line, identity);
          }
          break;
        }
        if (whole == 0) {
          requireSame(json.path(SEARCH).asText(), identity);
          whole = at;
        } else if (json.has(WINDOWS)) {
          windows += json.path(WINDOWS).asLong();
          trivial += json.path(TRIVIAL).asLong();
          whole = at;
        }
      }
    }
    channel.truncate(whole).position(whole);
    if (whole == 0) {
      write(first(identity));
    }
  }

  /** Returns the next line with its end; empty at the end of the file. */
  private static byte[] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int read = in.read(); read >= 0; read = in.read()) {
      line.write(read);
      if (read == '\n') {
        break;
      }
    }
    return line.toByteArray();
  }

  private static @Nullable JsonNode json(byte[] line) {
    if (line[line.length - 1] != '\n') {
      return null;
    }
    try {
      JsonNode json = Json.mapper().readTree(line);
      return json.isObject() ? json : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static String first(String identity) {
    return Json.line(Map.of(SEARCH, identity)) + "\n";
  }

  /** What is there of a first line that was not written whole must be of this search, too. */
  private void requireBegun(byte[] part, String identity) {
    byte[] whole = first(identity).getBytes(StandardCharsets.UTF_8);
    if (!Arrays.equals(part, Arrays.copyOf(whole, Math.min(part.length, whole.length)))) {
      throw other();
    }
  }

  private void requireSame(String found, String identity) {
    if (!found.equals(identity)) {
      throw other();
    }
  }

  private NepentheException other() {
    return new NepentheException(
        ErrorCode.IO,
        file
            + " holds a search that was not finished, of another model, corpus or other options."
            + " Call that again, remove the file, or give --out another.");
  }

  /** Adds what was found in a batch, and that the batch is done. */
  void add(int batch, WindowJudge.Verdict verdict) throws IOException {
    StringBuilder lines = new StringBuilder();
    verdict.found().forEach(found -> lines.append(Json.line(found)).append('\n'));
    lines.append(Json.line(Map.of(WINDOWS, batch, TRIVIAL, verdict.trivial()))).append('\n');
    write(lines.toString());
    windows += batch;
    trivial += verdict.trivial();
  }

  private void write(String lines) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Returns how many windows are done. */
  long windows() {
    return windows;
  }

  /** Returns how many windows are memorized, and say too little. */
  long trivial() {
    return trivial;
  }

  /** Takes finds, in order. */
  @FunctionalInterface
  interface Sink {
    void accept(Found found) throws IOException;
  }

  /** Reads the finds again. */
  void forEach(Sink sink) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      lines.readLine();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("{\"" + WINDOWS) && !line.startsWith("{\"" + TRIVIAL)) {
          sink.accept(Json.mapper().readValue(line, Found.class));
        }
      }
    }
  }

  /** Returns the lines that tell of a file that cannot be written. */
  static NepentheException cannotWrite(Path file, IOException e) {
    return new NepentheException(
        ErrorCode.IO,
        "cannot write to " + file + " (" + Words.line(e.toString()) + "). Give --out another file.",
        e);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Removes the file. */
  void remove() throws IOException {
    channel.close();
    Files.deleteIfExists(file);
  }
}
