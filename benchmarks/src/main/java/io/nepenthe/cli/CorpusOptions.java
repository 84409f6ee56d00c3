package io.nepenthe.cli;

import io.nepenthe.corpus.Corpora;
import io.nepenthe.corpus.Corpus;
import io.nepenthe.corpus.Documents;
import io.nepenthe.corpus.huggingface.FolderTokenizer;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.task.TextEncoding;
import io.nepenthe.task.Tokenizers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name a corpus, and what turns its text into ids. */
final class CorpusOptions {
  private static final String TRAIN = "train";

  /** Of a corpus, and of a part of it; anything else is a path. */
  private static final Pattern NAME = Pattern.compile("[^/]+(/[^/.]+)?");

  @Option(
      names = "--corpus",
      paramLabel = "PATH",
      required = true,
      description =
          "File, or folder of files: .txt, .jsonl, .parquet, .csv of token ids; or a corpus that"
              + " 'nepenthe data list' names, with /SPLIT if that is not train.")
  private Path corpus = Path.of(".");

  @Option(
      names = "--field",
      paramLabel = "NAME",
      description =
          "Field of JSON or column of Parquet that holds a text, or a list of ids (default: text; in"
              + " JSON ids, where there are any).")
  private @Nullable String field;

  @Option(
      names = "--tokenizer",
      paramLabel = "NAME",
      description =
          "What turns text into ids where the model folder holds no tokenizer, as suites name it.")
  private @Nullable String tokenizer;

  /** Returns the model's tokenizer, or the one that is named; empty if there is none. */
  Optional<TextEncoding> encoding(Path model) {
    Optional<TextEncoding> own = FolderTokenizer.find(model).map(TextEncoding.class::cast);
    if (tokenizer == null) {
      return own.isPresent() ? own : Optional.empty();
    }
    if (own.isPresent()) {
      throw Usage.of(
          "find-memorized", "--tokenizer is " + tokenizer + ", but " + model + " holds its own");
    }
    try {
      return Optional.of(Tokenizers.require(tokenizer));
    } catch (IllegalArgumentException e) {
      throw Usage.of("find-memorized", "--tokenizer: " + e.getMessage());
    }
  }

  /** Returns the documents. */
  Documents documents(Optional<TextEncoding> encoding, Console console) {
    if (Files.exists(corpus)) {
      return Documents.of(
          corpus, new Documents.Options(field, false), () -> encoding.orElseThrow(this::noText));
    }
    String named = corpus.toString();
    if (!NAME.matcher(named).matches()) {
      throw new NepentheException(
          ErrorCode.BAD_DATA,
          corpus
              + " is not there. Give a file, a folder, or a corpus that 'nepenthe data list' names.");
    }
    int slash = named.indexOf('/');
    Corpus found =
        Corpora.fromEnvironment(console::warned)
            .find(slash < 0 ? named : named.substring(0, slash));
    return Documents.of(
        found, slash < 0 ? TRAIN : named.substring(slash + 1), encoding.orElseThrow(this::noText));
  }

  private NepentheException noText() {
    return new NepentheException(
        ErrorCode.BAD_DATA,
        corpus
            + " holds text, and the model folder no tokenizer.json (or vocab.json with merges.txt)."
            + " Put it there, name one by --tokenizer, or give token ids.");
  }
}
