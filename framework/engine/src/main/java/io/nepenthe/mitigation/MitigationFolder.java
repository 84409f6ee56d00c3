package io.nepenthe.mitigation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.nepenthe.files.AtomicFiles;
import io.nepenthe.files.Folders;
import io.nepenthe.json.Json;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.runstore.OwnFolder;
import io.nepenthe.wording.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a mitigation: {@code rows} that it is made of, {@code run}, which is the folder of
 * a run like any other, {@code model}, which it hands over, and what it is in {@code
 * mitigation.json}.
 */
public final class MitigationFolder {
  private static final String SCHEMA = "nepenthe-mitigation";
  private static final String NAME = "mitigation.json";

  private final Path folder;

  /** Does nothing yet. */
  public MitigationFolder(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  /**
   * What a mitigation is.
   *
   * @param schema of this file
   * @param inputs what its rows depend on, by the option that says it
   * @param threads of one operator, as it began; null where that was not written down
   * @param spentSeconds what calls of the command took until now
   * @param handedOver id of the trial whose model is handed over; null before
   */
  @JsonPropertyOrder({"schema", "inputs", "threads", "spentSeconds", "handedOver"})
  record Content(
      String schema,
      Map<String, String> inputs,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer threads,
      double spentSeconds,
      @Nullable String handedOver) {
    Content spent(double seconds) {
      return new Content(schema, inputs, threads, seconds, handedOver);
    }

    Content handedOver(String trial) {
      return new Content(schema, inputs, threads, spentSeconds, trial);
    }
  }

  /** Returns the rows and what is known of them. */
  public Path rows() {
    return folder.resolve("rows");
  }

  /** Returns the run. */
  public Path run() {
    return folder.resolve("run");
  }

  /** Returns the model that is handed over. */
  public Path model() {
    return folder.resolve("model");
  }

  /** Returns where the best model so far is kept. */
  public Path kept() {
    return folder.resolve("kept");
  }

  /** Returns a place for a run of the best trial once more. */
  public Path again() {
    return folder.resolve("again");
  }

  /**
   * Refuses a folder of something else, before anything is done.
   *
   * @throws NepentheException with IO if it holds other files; with BAD_USAGE if it is of a
   *     mitigation of other rows or another model
   */
  public void requireOwn(RowInputs inputs) {
    OwnFolder.require(
        folder, "mitigation", "--out", place -> OwnFolder.saysSchema(place.resolve(NAME), SCHEMA));
    content().ifPresent(content -> requireSame(content.inputs(), inputs.identity()));
  }

  private void requireSame(Map<String, String> before, Map<String, String> now) {
    now.forEach(
        (option, value) -> {
          if (!Objects.equals(before.get(option), value)) {
            throw new NepentheException(
                ErrorCode.BAD_USAGE,
                "%s is of a mitigation with another %s. Choose another --out folder."
                    .formatted(folder, option));
          }
        });
  }

  /**
   * Returns how many threads an operator has: a mitigation that goes on keeps those it began with,
   * as trials of others would be other trials.
   *
   * @param asked for; null to leave it open
   * @param usual number, where nothing else is said
   * @throws NepentheException with BAD_USAGE if others are asked for than it began with
   */
  public int threads(@Nullable Integer asked, int usual) {
    Optional<Integer> before = content().map(Content::threads);
    if (asked != null && before.isPresent() && !before.get().equals(asked)) {
      throw new NepentheException(
          ErrorCode.BAD_USAGE,
          "%s is of a mitigation with --threads %d, and its numbers depend on that. Leave --threads out, or choose another --out folder."
              .formatted(folder, before.get()));
    }
    return asked != null ? asked : before.orElse(usual);
  }

  /** Makes the folder this mitigation's, unless it is. */
  void claim(RowInputs inputs, int threads) {
    requireOwn(inputs);
    if (content().isEmpty()) {
      write(new Content(SCHEMA + "/1", inputs.identity(), threads, 0, null));
    }
  }

  /** Returns what is known of the rows, if they are there. */
  Optional<PreparedRows> prepared() {
    return Files.isDirectory(rows()) ? Optional.of(PreparedRows.read(rows())) : Optional.empty();
  }

  /** Returns what calls of the command took until now. */
  public double spentSeconds() {
    return content().map(Content::spentSeconds).orElse(0.0);
  }

  /** Notes what they took. */
  public void spent(double seconds) {
    content().map(content -> content.spent(seconds)).ifPresent(this::write);
  }

  /** Returns the trial whose model is handed over, if one is. */
  public Optional<String> handedOver() {
    return content().map(Content::handedOver).filter(trial -> Files.isDirectory(model()));
  }

  /** Notes the trial whose model is handed over. */
  public void handedOver(String trial) {
    content().map(content -> content.handedOver(trial)).ifPresent(this::write);
  }

  private Optional<Content> content() {
    Path file = folder.resolve(NAME);
    try {
      return Files.isRegularFile(file)
          ? Optional.of(Json.read(Files.readAllBytes(file), Content.class))
          : Optional.empty();
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.STORE_CORRUPT,
          "%s cannot be read (%s). Give --out a new folder."
              .formatted(file, Words.line(e.getMessage())),
          e);
    }
  }

  private void write(Content content) {
    try {
      Folders.make(folder);
      AtomicFiles.write(folder.resolve(NAME), Json.pretty(content));
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO,
          "cannot write to " + folder + " (" + e + "). Give --out another folder.",
          e);
    }
  }
}
