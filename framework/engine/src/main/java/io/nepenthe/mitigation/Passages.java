package io.nepenthe.mitigation;

import io.nepenthe.corpus.Documents;
import io.nepenthe.corpus.huggingface.FolderTokenizer;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.task.TextEncoding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads passages from files, by the tokenizer of a model's folder where they are text. */
final class Passages {
  private final Path model;
  private final @Nullable String field;
  private @Nullable TextEncoding encoding;

  /**
   * Reads nothing yet.
   *
   * @param field of JSON lines, or column of Parquet files, that holds them; null for the usual
   */
  Passages(Path model, @Nullable String field) {
    this.model = model;
    this.field = field;
  }

  /**
   * Returns the tokenizer of the model's folder.
   *
   * @param what asks for it, in words
   */
  TextEncoding encoding(String what) {
    if (encoding == null) {
      encoding =
          FolderTokenizer.find(model)
              .orElseThrow(
                  () ->
                      new NepentheException(
                          ErrorCode.BAD_DATA,
                          "%s, and %s has no tokenizer (tokenizer.json, or vocab.json with merges.txt). Put it there, or give token ids."
                              .formatted(what, model)));
    }
    return encoding;
  }

  /** Returns all passages of a file. */
  List<Passage> of(Path file) {
    List<Passage> all = new ArrayList<>();
    forEach(file, all::add);
    return all;
  }

  /**
   * Passes on the passages of a file, one after the other.
   *
   * @param wants sees one, and returns true for the next
   */
  void forEach(Path file, Predicate<Passage> wants) {
    List<int[]> parts = new ArrayList<>();
    OptionalInt[] prompt = {OptionalInt.empty()};
    try {
      Documents.of(file, new Documents.Options(field, true), () -> encoding(file + " holds text"))
          .forEach(
              (part, bytes) -> {
                if (part.begins()) {
                  passOn(parts, prompt[0], wants);
                }
                parts.add(part.ids());
                prompt[0] = part.prompt();
              });
      passOn(parts, prompt[0], wants);
    } catch (EnoughException e) {
      // as wanted
    } catch (IOException e) {
      throw new NepentheException(ErrorCode.BAD_DATA, "cannot read " + file + " (" + e + ").", e);
    }
  }

  private static void passOn(List<int[]> parts, OptionalInt prompt, Predicate<Passage> wants) {
    if (parts.isEmpty()) {
      return;
    }
    Passage passage = new Passage(joined(parts), prompt);
    parts.clear();
    if (!wants.test(passage)) {
      throw new EnoughException();
    }
  }

  private static int[] joined(List<int[]> parts) {
    return parts.stream().flatMapToInt(IntStream::of).toArray();
  }
}
