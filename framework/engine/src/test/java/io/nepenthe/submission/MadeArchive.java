package io.nepenthe.submission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.json.Json;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.runstore.Resealing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** An archive that is edited, sealed anew and packed again: what a forger can do. */
final class MadeArchive {
  private final Map<String, byte[]> files = new TreeMap<>();

  /** Reads a whole archive. */
  static MadeArchive of(Path archive) throws IOException {
    MadeArchive made = new MadeArchive();
    try (ZipInputStream zip =
        new ZipInputStream(new ByteArrayInputStream(Files.readAllBytes(archive)))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        made.files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return made;
  }

  /** Returns the paths that match a pattern, sorted. */
  List<String> paths(String pattern) {
    return files.keySet().stream().filter(path -> path.matches(pattern)).toList();
  }

  /** Returns a file's JSON. */
  JsonNode json(String path) {
    try {
      return Json.mapper().readTree(files.get(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Changes a JSON object, and seals it anew. */
  MadeArchive edit(String path, Consumer<ObjectNode> change) {
    ObjectNode json = (ObjectNode) json(path);
    change.accept(json);
    return put(path, Json.pretty(Resealing.of(json)));
  }

  /** Changes every JSON object whose path matches, and seals it anew. */
  MadeArchive editAll(String pattern, Consumer<ObjectNode> change) {
    paths(pattern).forEach(path -> edit(path, change));
    return this;
  }

  /** Puts a file. */
  MadeArchive put(String path, String text) {
    return put(path, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Puts a file. */
  MadeArchive put(String path, byte[] bytes) {
    files.put(path, bytes);
    return this;
  }

  /** Returns a file's bytes. */
  byte[] bytes(String path) {
    return files.get(path);
  }

  /** Leaves files out. */
  MadeArchive remove(Predicate<String> which) {
    files.keySet().removeIf(which);
    return this;
  }

  /** Gives a file another name. */
  MadeArchive rename(String path, String to) {
    byte[] bytes = files.remove(path);
    return put(to, bytes);
  }

  /** Lists in the manifest what is there. */
  MadeArchive listAnew() {
    return edit(
        ArchivePaths.SUBMISSION,
        manifest -> {
          ArrayNode listed = manifest.putArray("files");
          files.forEach(
              (path, bytes) -> {
                if (path.startsWith(ArchivePaths.RUN)) {
                  listed
                      .addObject()
                      .put("path", path)
                      .put("size", bytes.length)
                      .put("sha256", HexFormat.of().formatHex(ContentHash.digest(bytes)));
                }
              });
        });
  }

  /** Packs what is there. */
  Path write(Path archive) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
    return archive;
  }
}
