package io.nepenthe.task.rows;

import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.task.ArtifactRows;
import io.nepenthe.task.TaskData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads the CSV files of a task. */
final class RowsFolder {
  /** What a task is made of, or what is written beside it: no method gets these by name. */
  private static final Pattern OWN =
      Pattern.compile(
          "(artifacts|twins|prompts|planted|planted-twins|extra|retain|train|windows|eligible|copies|forget"
              + "|forget-twins|forget-windows|vocabulary|test|test-.+)\\.csv");

  private static final String VALIDATION = "validation";
  private static final Pattern TEST = Pattern.compile("(test)\\.csv|test-(.+)\\.csv");

  private final RowsDataSpec spec;
  private final Path folder;

  RowsFolder(RowsDataSpec spec, Path folder) {
    this.spec = spec;
    this.folder = folder;
  }

  TaskData read(Window window) {
    Pair judged =
        pair("artifacts", "twins").orElseThrow(() -> missing(folder.resolve("artifacts.csv")));
    Pair planted = pair("planted", "planted-twins").orElse(judged);
    Sequences extra = optional("extra").orElseThrow(() -> missing(folder.resolve("extra.csv")));
    ArtifactRows scored = scored(judged, window);
    return new TaskData(
        trained(planted).orElseGet(() -> planted.times(scored.copies(), judged).concat(extra)),
        planted.artifacts,
        planted.twins,
        extra,
        optional("retain").orElse(extra),
        scored,
        tests(),
        spec.paddingId());
  }

  private ArtifactRows scored(Pair judged, Window window) {
    ArtifactRows rows =
        JudgedRows.of(
            judged.artifacts,
            judged.twins,
            file("windows")
                .map(file -> JudgedRows.windows(file, judged.artifacts))
                .orElseGet(() -> Collections.nCopies(judged.artifacts.rows(), window)),
            file("eligible"),
            file("copies"));
    return file("prompts")
        .map(file -> JudgedRows.promptedWith(rows(file), file, rows))
        .orElse(rows);
  }

  /** Returns what is trained on, if a file says it; every planted row is among it. */
  private Optional<Sequences> trained(Pair planted) {
    Optional<Sequences> all = optional("train");
    all.ifPresent(rows -> requireHeld(rows, planted.artifacts));
    return all;
  }

  private void requireHeld(Sequences all, Sequences planted) {
    Set<List<Integer>> held =
        IntStream.range(0, all.rows()).mapToObj(row -> ids(all, row)).collect(Collectors.toSet());
    for (int row = 0; row < planted.rows(); row++) {
      if (!held.contains(ids(planted, row))) {
        throw new NepentheException(
            ErrorCode.BAD_DATA,
            folder.resolve("train.csv")
                + " lacks row "
                + (row + 1)
                + " of the planted artifacts. Give what is trained on, or leave that file out.");
      }
    }
  }

  private static List<Integer> ids(Sequences rows, int row) {
    return Arrays.stream(rows.row(row)).boxed().toList();
  }

  /** Artifact rows and, row by row, the clean rows they stand in place of. */
  private record Pair(Sequences artifacts, Sequences twins) {
    /** Returns the artifacts as often as training holds them, where that is known of these rows. */
    Sequences times(List<Integer> copies, Pair counted) {
      return equals(counted)
          ? artifacts.select(
              IntStream.range(0, copies.size())
                  .flatMap(row -> IntStream.generate(() -> row).limit(copies.get(row)))
                  .toArray())
          : artifacts;
    }
  }

  /** Reads two files of which there is neither or both. */
  private Optional<Pair> pair(String artifacts, String twins) {
    Optional<Sequences> planted = optional(artifacts);
    Optional<Sequences> replaced = optional(twins);
    if (planted.isEmpty() && replaced.isEmpty()) {
      return Optional.empty();
    }
    Pair pair =
        new Pair(
            planted.orElseThrow(() -> missing(folder.resolve(artifacts + ".csv"))),
            replaced.orElseThrow(() -> missing(folder.resolve(twins + ".csv"))));
    if (pair.artifacts.rows() != pair.twins.rows()) {
      throw new NepentheException(
          ErrorCode.BAD_DATA,
          folder.resolve(artifacts + ".csv")
              + " has "
              + pair.artifacts.rows()
              + " rows, "
              + twins
              + ".csv has "
              + pair.twins.rows()
              + ": row by row they must belong together.");
    }
    return Optional.of(pair);
  }

  /** Returns a hash of names and bytes of all files of rows. */
  String hash() {
    return ContentHash.of(listed(files()));
  }

  private static String listed(List<Path> files) {
    return files.stream()
        .map(file -> file.getFileName() + " " + ContentHash.ofFile(file) + "\n")
        .collect(Collectors.joining());
  }

  /** Returns a hash of the files that methods alone see; empty if there are none. */
  String hashOfOthers() {
    return listed(
        files().stream()
            .filter(file -> !OWN.matcher(file.getFileName().toString()).matches())
            .toList());
  }

  /** Returns the rows to validate on; none if there is no such file. */
  Sequences validation() {
    return optional(VALIDATION).orElse(Sequences.empty(spec.length()));
  }

  /** Returns the rows of a file that methods alone see. */
  Optional<Sequences> other(String name) {
    return OWN.matcher(name + ".csv").matches() ? Optional.empty() : optional(name);
  }

  private Map<String, Sequences> tests() {
    Map<String, Sequences> tests = new TreeMap<>();
    for (Path file : files()) {
      Matcher name = TEST.matcher(file.getFileName().toString());
      if (name.matches()) {
        String test = name.group(1) == null ? name.group(2) : name.group(1);
        if (tests.put(test, rows(file)) != null) {
          throw new NepentheException(
              ErrorCode.BAD_DATA,
              folder + " has two files of the test '" + test + "'; rename " + file.getFileName());
        }
      }
    }
    if (tests.isEmpty()) {
      throw missing(folder.resolve("test.csv"));
    }
    return tests;
  }

  /** Returns all files of rows, by name. */
  private List<Path> files() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".csv")).sorted().toList();
    } catch (IOException e) {
      throw new NepentheException(ErrorCode.BAD_DATA, "cannot list " + folder + " (" + e + ")", e);
    }
  }

  private static NepentheException missing(Path file) {
    return new NepentheException(
        ErrorCode.BAD_DATA, file + " is missing; 'nepenthe inspect' writes files like it.");
  }

  private Optional<Sequences> optional(String name) {
    return file(name).map(this::rows);
  }

  private Optional<Path> file(String name) {
    return Optional.of(folder.resolve(name + ".csv")).filter(Files::isRegularFile);
  }

  private Sequences rows(Path file) {
    Sequences rows = Sequences.readCsv(file);
    if (rows.isEmpty()) {
      return Sequences.empty(spec.length());
    }
    if (rows.length() != spec.length() || rows.largestToken() >= spec.vocabulary()) {
      throw new NepentheException(
          ErrorCode.BAD_DATA,
          file
              + " has "
              + rows
              + " up to id "
              + rows.largestToken()
              + ", must have rows of data.length "
              + spec.length()
              + " with ids below data.vocabulary "
              + spec.vocabulary()
              + ".");
    }
    return rows;
  }
}
