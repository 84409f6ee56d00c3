package io.nepenthe.corpus;

import io.nepenthe.protocol.NepentheException;
import io.nepenthe.task.TextEncoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The documents of any corpus, as token ids, read in constant memory as often as wanted. What a
 * file is, the end of its name says:
 *
 * <ul>
 *   <li>{@code .txt}, {@code .text}, {@code .tokens}: plain text, one document, or one a line;
 *   <li>{@code .jsonl}, {@code .ndjson}: one document a line, a text or a list of ids;
 *   <li>{@code .parquet}: one document a row, a text or a list of ids;
 *   <li>{@code .csv}, {@code .ids}: one document a line, its ids.
 * </ul>
 *
 * <p>A folder is its files in the order of their paths, hidden ones left out.
 */
public final class Documents {
  private final List<Source> sources;

  private Documents(List<Source> sources) {
    this.sources = sources;
  }

  /** Receives documents, part after part. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes the next part.
     *
     * @param bytesRead how much of {@link Documents#bytes} is read by now
     */
    void accept(DocumentPart part, long bytesRead) throws IOException;
  }

  /** How files are read. */
  public static final class Options {
    private final @Nullable String field;
    private final boolean lineByLine;

    /**
     * Makes options.
     *
     * @param field the JSON field or Parquet column that holds a text or ids; null for {@code ids}
     *     of a JSON object if there are any, else {@code text}
     * @param lineByLine whether each line of plain text is a document, blank ones are none
     */
    public Options(@Nullable String field, boolean lineByLine) {
      this.field = field;
      this.lineByLine = lineByLine;
    }
  }

  /** One file, or what stands for one. */
  interface Source {
    /** Returns its size, for progress. */
    long bytes();

    /** Returns words that change when its content does, most probably. */
    String state();

    /** Hands out its documents; bytes are counted from its begin. */
    void forEach(Sink sink) throws IOException;
  }

  /**
   * Opens a file or folder.
   *
   * @param encoding gives what turns text into ids, when there is text
   * @throws NepentheException with BAD_DATA if there is none, or one of another kind
   */
  public static Documents of(
      Path path, Options options, Supplier<? extends TextEncoding> encoding) {
    if (!Files.isDirectory(path)) {
      return new Documents(List.of(source(path, path.getFileName().toString(), options, encoding)));
    }
    List<Path> files = VisibleFiles.in(path);
    if (files.isEmpty()) {
      throw BadData.of(path + " holds no files. Put some there, or name another folder.");
    }
    return new Documents(
        files.stream()
            .map(file -> source(path.resolve(file), file.toString(), options, encoding))
            .toList());
  }

  /**
   * Opens a part of a corpus as one document, whose rows follow each other with nothing between.
   */
  public static Documents of(Corpus corpus, String split, TextEncoding encoding) {
    return new Documents(List.of(new CorpusSource(corpus, split, encoding)));
  }

  private static Source source(
      Path file, String name, Options options, Supplier<? extends TextEncoding> encoding) {
    if (!Files.exists(file)) {
      throw BadData.unreadable(file, new NoSuchFileException(file.toString()));
    }
    String lower = name.toLowerCase(Locale.ROOT);
    String ending = lower.substring(lower.lastIndexOf('.') + 1);
    String field = options.field;
    return switch (ending) {
      case "txt", "text", "tokens" -> new TextSource(file, name, options.lineByLine, encoding);
      case "jsonl", "ndjson" -> new JsonLinesSource(file, name, field, encoding);
      case "parquet" -> new ParquetSource(file, name, field == null ? "text" : field, encoding);
      case "csv", "ids" -> new IdsSource(file, name);
      default ->
          throw BadData.of(
              file
                  + " is of no kind that is read, by its name: .txt, .jsonl, .parquet, or .csv with"
                  + " token ids. Convert it, unpack it, or give it the right name.");
    };
  }

  /** Returns about how many bytes there are to read. */
  public long bytes() {
    return sources.stream().mapToLong(Source::bytes).sum();
  }

  /** Returns words that change when the documents do: sizes and times of files. */
  public String state() {
    return String.join("\n", sources.stream().map(Source::state).toList());
  }

  /** Hands out all documents in order. */
  public void forEach(Sink sink) throws IOException {
    long before = 0;
    for (Source source : sources) {
      long start = before;
      source.forEach((part, bytesRead) -> sink.accept(part, start + bytesRead));
      before += source.bytes();
    }
  }
}
