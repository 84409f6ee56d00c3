package io.nepenthe.submission;

import io.nepenthe.files.AtomicFiles;
import io.nepenthe.json.Json;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.runstore.RunFile;
import io.nepenthe.runstore.RunMethod;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.suite.ChallengeSpec;
import io.nepenthe.summary.Absent;
import io.nepenthe.summary.ChallengedModel;
import io.nepenthe.summary.RunReader;
import io.nepenthe.summary.SelectionDocument;
import io.nepenthe.summary.StoredRun;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Packs a complete run into an archive. Equal runs and statements give equal bytes. Only what
 * belongs to the run is packed, and nothing is written into its folder.
 */
public final class SubmissionWriter {
  /** A zip has no time before this. */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private static final int MOST_NAMED = 5;

  private final Path folder;
  private final RunFile run;
  private final StoredRun stored;

  /** What a file of the archive holds. */
  private interface Content {
    byte[] bytes() throws IOException;
  }

  /**
   * Reads a run that is to be packed.
   *
   * @throws NepentheException with RUN_INCOMPLETE if the run lacks anything that it is to hold
   */
  public SubmissionWriter(RunStore store) {
    this.folder = store.folder();
    this.run = store.definition();
    this.stored = RunReader.read(store);
    requireComplete();
  }

  private void requireComplete() {
    List<String> lacking =
        Stream.of(
                stored.completeness().absent().stream().map(SubmissionWriter::words),
                unchallenged().map(model -> "the challenges of " + model.inWords()),
                copied().entrySet().stream()
                    .filter(file -> !Files.isRegularFile(file.getValue()))
                    .map(Map.Entry::getKey))
            .flatMap(lines -> lines)
            .toList();
    if (!lacking.isEmpty()) {
      throw new NepentheException(
          ErrorCode.RUN_INCOMPLETE,
          folder
              + " lacks "
              + String.join("; ", lacking.stream().limit(MOST_NAMED).toList())
              + (lacking.size() > MOST_NAMED
                  ? "; and " + (lacking.size() - MOST_NAMED) + " more"
                  : "")
              + ". Only a whole run can be submitted: run its suite again with the same --out"
              + " folder.");
    }
  }

  /** Returns the models that the suite asks about, and of which is not known what comes back. */
  private Stream<ChallengedModel> unchallenged() {
    List<ChallengeSpec> asked = run.suite().challenges();
    if (asked.isEmpty()) {
      return Stream.empty();
    }
    Set<ChallengedModel> known =
        stored.challenges().stream()
            .filter(each -> each.challengesHash().equals(ChallengeSpec.hash(asked)))
            .map(ChallengedModel::of)
            .collect(Collectors.toSet());
    return ChallengedModel.of(stored).stream().filter(model -> !known.contains(model));
  }

  private static String words(Absent absent) {
    return (absent.isOriginal() ? "the original model of " : "") + absent.inWords();
  }

  /** Returns the files that are packed as they are, by path in the run's folder. */
  private SortedMap<String, Path> copied() {
    List<String> paths = new ArrayList<>(List.of("run.json", "plan.json"));
    stored.originals().forEach(original -> paths.add("originals/" + original.id() + ".json"));
    stored.trials().forEach(trial -> paths.add("trials/" + trial.id() + ".json"));
    stored
        .timings()
        .forEach(each -> paths.add("timing/" + each.task() + "_" + each.method() + ".json"));
    stored.challenges().forEach(each -> paths.add("challenges/" + each.id() + ".json"));
    run.methods().stream()
        .map(RunMethod::sha256)
        .distinct()
        .forEach(sha256 -> paths.add("plugins/" + sha256 + ".jar"));
    if (Files.isRegularFile(folder.resolve("energy.json"))) {
      paths.add("energy.json");
    }
    SortedMap<String, Path> files = new TreeMap<>();
    paths.forEach(path -> files.put(path, folder.resolve(path)));
    return files;
  }

  /** What is derived is derived anew: a table that lies there may be older than the results. */
  private SortedMap<String, Content> contents() {
    SortedMap<String, Content> contents = new TreeMap<>();
    copied()
        .forEach(
            (path, file) -> contents.put(ArchivePaths.RUN + path, () -> Files.readAllBytes(file)));
    contents.put(ArchivePaths.RUN + "summary.json", () -> json(stored.summary()));
    contents.put(ArchivePaths.RUN + "selection.json", () -> json(SelectionDocument.of(stored)));
    return contents;
  }

  private static byte[] json(Object value) {
    return Json.pretty(value).getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the run that is packed. */
  public RunFile run() {
    return run;
  }

  /**
   * Writes the archive.
   *
   * @param archive a file outside the run's folder
   * @param key signs it; null if it is not signed
   * @throws NepentheException with BAD_USAGE if the statement is not fit to be printed
   */
  public void write(Path archive, Statement statement, @Nullable SigningKey key) {
    requireOutside(archive);
    try {
      SortedMap<String, Content> contents = contents();
      List<PackedFile> files = new ArrayList<>();
      for (Map.Entry<String, Content> content : contents.entrySet()) {
        files.add(packed(content.getKey(), content.getValue().bytes()));
      }
      byte[] manifest = json(statement.about(Lock.of(run), files));
      AtomicFiles.write(archive, part -> write(part, manifest, key, contents, files));
    } catch (IllegalArgumentException e) {
      throw new NepentheException(ErrorCode.BAD_USAGE, e.getMessage() + ".", e);
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO,
          "cannot pack " + folder + " as " + archive + " (" + e + "). Mend that, and try again.",
          e);
    }
  }

  private void requireOutside(Path archive) {
    Path here = folder.toAbsolutePath().normalize();
    if (archive.toAbsolutePath().normalize().startsWith(here)) {
      throw new NepentheException(
          ErrorCode.BAD_USAGE,
          archive + " is within the run, which is left as it is. Give --out another place.");
    }
  }

  private static PackedFile packed(String path, byte[] bytes) {
    return new PackedFile(path, bytes.length, HexFormat.of().formatHex(ContentHash.digest(bytes)));
  }

  private void write(
      Path file,
      byte[] manifest,
      @Nullable SigningKey key,
      SortedMap<String, Content> contents,
      List<PackedFile> files)
      throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      put(zip, ArchivePaths.SUBMISSION, manifest);
      if (key != null) {
        put(zip, ArchivePaths.SIGNATURE, json(FileSignature.of(manifest, key)));
      }
      for (PackedFile each : files) {
        byte[] bytes = contents.get(each.path()).bytes();
        if (!packed(each.path(), bytes).equals(each)) {
          throw new IOException(each.path() + " was changed meanwhile");
        }
        put(zip, each.path(), bytes);
      }
    }
  }

  private static void put(ZipOutputStream zip, String path, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry(path);
    entry.setTimeLocal(NO_TIME);
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }
}
