package io.nepenthe.mitigation;

import io.nepenthe.data.Sequences;
import io.nepenthe.files.Folders;
import io.nepenthe.json.Json;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.wording.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of the rows of a mitigation: {@code rows.json} beside them.
 *
 * @param prompt tokens given
 * @param compare tokens compared
 * @param candidates different rows that the files hold
 * @param forget how many of them the model reproduces
 * @param tooShort passages with too few tokens
 * @param repeated rows that were there before
 * @param retain rows to keep
 * @param judged rows to measure perplexity on
 * @param sources in words, where these come from
 * @param perplexity the model's, on those rows
 * @param secondsPerPass what a row takes on this machine, forward
 * @param measuringSeconds what measuring a model takes
 */
public record PreparedRows(
    int prompt,
    int compare,
    int candidates,
    int forget,
    int tooShort,
    int repeated,
    int retain,
    int judged,
    String sources,
    double perplexity,
    double secondsPerPass,
    double measuringSeconds) {
  private static final String NAME = "rows.json";

  static PreparedRows of(DrawnRows rows, MeasuredModel measured) {
    return new PreparedRows(
        rows.window().prompt(),
        rows.window().compare(),
        rows.forget().rows(),
        measured.reproduced().size(),
        rows.tooShort(),
        rows.repeated(),
        rows.retained().rows(),
        rows.judged().rows(),
        rows.sources(),
        measured.perplexity(),
        measured.secondsPerPass(),
        measured.measuringSeconds());
  }

  /** Returns the tokens of every row. */
  public int length() {
    return prompt + compare;
  }

  /** Writes the rows that the model reproduces, and those to keep and to measure on. */
  void write(Path folder, DrawnRows rows, List<Integer> reproduced) {
    Sequences forget =
        rows.forget().select(reproduced.stream().mapToInt(Integer::intValue).toArray());
    try {
      Folders.write(
          folder,
          part -> {
            forget.writeCsv(part.resolve("artifacts.csv"));
            forget.writeCsv(part.resolve("twins.csv")); // nothing was planted
            rows.retained().writeCsv(part.resolve("extra.csv"));
            rows.judged().writeCsv(part.resolve("test.csv"));
            Files.writeString(part.resolve(NAME), Json.pretty(this));
          });
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO,
          "cannot write to " + folder + " (" + e + "). Give --out another folder.",
          e);
    }
  }

  /** Reads what is known of the rows in a folder. */
  static PreparedRows read(Path folder) {
    Path file = folder.resolve(NAME);
    try {
      return Json.read(Files.readAllBytes(file), PreparedRows.class);
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.STORE_CORRUPT,
          "%s cannot be read (%s). Give --out a new folder."
              .formatted(file, Words.line(e.getMessage())),
          e);
    }
  }

  /** Returns what the user should know of them, a sentence each. */
  public List<String> inWords() {
    List<String> words = new ArrayList<>();
    words.add(
        "the model reproduces %d of %s to forget (prompt %d, compare %d)"
                .formatted(forget, Words.count(candidates, "row"), prompt, compare)
            + (forget < candidates ? "; the others are left out" : ""));
    if (tooShort > 0) {
      words.add(
          "%s with fewer than %d tokens left out"
              .formatted(Words.count(tooShort, "passage"), length()));
    }
    if (repeated > 0) {
      words.add(Words.count(repeated, "row") + " left out that came before");
    }
    words.add(
        "%s to keep and %d for perplexity, %s"
            .formatted(Words.count(retain, "row"), judged, sources));
    return words;
  }
}
