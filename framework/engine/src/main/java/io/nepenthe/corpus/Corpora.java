package io.nepenthe.corpus;

import io.nepenthe.corpus.huggingface.FolderTokenizer;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.task.TextEncoding;
import io.nepenthe.task.TokenIds;
import io.nepenthe.task.TokenSource;
import io.nepenthe.task.language.LanguageDataSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds corpora by their names, and returns the ids of their splits: tokenized once, by all
 * processors, and memory-mapped from the cache ever after. Thread-safe.
 */
public final class Corpora implements TokenSource {
  private static final Logger LOG = LoggerFactory.getLogger(Corpora.class);

  /** Who hears of the corpora that tasks read: like their places, one for the whole process. */
  private static final AtomicReference<Consumer<String>> LISTENER =
      new AtomicReference<>(LOG::info);

  private static final Map<CorpusPlaces, Corpora> STANDARD = new ConcurrentHashMap<>();

  private final List<Path> roots;
  private final TokenCache cache;
  private final Consumer<String> lines;
  private final Map<String, TokenIds> opened = new HashMap<>();

  /**
   * Looks for corpora in some folders.
   *
   * @param roots folders whose subfolders are corpora, searched in order; need not exist
   * @param tokens folder for token ids, made if it is not there
   * @param lines receives lines for the user: progress every few seconds, damaged files
   */
  public Corpora(List<Path> roots, Path tokens, Consumer<String> lines) {
    this.roots = List.copyOf(roots);
    this.cache = new TokenCache(tokens, lines);
    this.lines = lines;
  }

  /** Returns the corpora that tasks read, where {@link CorpusPlaces#fromEnvironment} says. */
  public static Corpora standard() {
    return STANDARD.computeIfAbsent(
        CorpusPlaces.fromEnvironment(),
        places ->
            new Corpora(places.roots(), places.tokens(), line -> LISTENER.get().accept(line)));
  }

  /** From now on, what is to be said of {@link #standard} corpora goes to this listener. */
  public static void tell(Consumer<String> lines) {
    LISTENER.set(lines);
  }

  /** Returns the corpora of this machine, where {@link CorpusPlaces#fromEnvironment} says. */
  public static Corpora fromEnvironment(Consumer<String> lines) {
    CorpusPlaces places = CorpusPlaces.fromEnvironment();
    return new Corpora(places.roots(), places.tokens(), lines);
  }

  /**
   * Returns the corpus of a name.
   *
   * @throws NepentheException with BAD_DATA if there is none, or it holds no text
   */
  public Corpus find(String name) {
    if (name.equals(SyntheticText.NAME)) {
      return SyntheticText.corpus();
    }
    if (!LanguageDataSpec.isCorpusName(name)) {
      throw BadData.of(
          "'"
              + name
              + "' is no name of a corpus. Name its folder by letters a to z, digits, '.', '_', '+'"
              + " and '-'.");
    }
    List<Path> folders =
        roots.stream().map(root -> root.resolve(name)).filter(Files::isDirectory).toList();
    return folders.stream()
        .flatMap(folder -> CorpusFolder.read(name, folder).stream())
        .findFirst()
        .orElseThrow(() -> folders.isEmpty() ? missing(name) : withoutText(name, folders.get(0)));
  }

  /** Returns the corpora that are there and hold text, sorted by name. */
  public List<Corpus> all() {
    TreeSet<String> names = new TreeSet<>();
    names.add(SyntheticText.NAME);
    for (Path root : roots) {
      if (Files.isDirectory(root)) {
        names.addAll(folders(root));
      }
      if (Files.isDirectory(root.resolve(SyntheticText.NAME))) {
        lines.accept(
            root.resolve(SyntheticText.NAME)
                + " is not read: that name is of text this program makes up. Rename the folder.");
      }
    }
    List<Corpus> all = new ArrayList<>();
    for (String name : names) {
      try {
        all.add(find(name));
      } catch (NepentheException e) {
        lines.accept(e.getMessage());
      }
    }
    return all;
  }

  private static List<String> folders(Path root) {
    try (Stream<Path> entries = Files.list(root)) {
      return entries
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .toList();
    } catch (IOException e) {
      throw BadData.unreadable(root, e);
    } catch (UncheckedIOException e) {
      throw BadData.unreadable(root, e.getCause());
    }
  }

  /**
   * Returns the number of ids of a split, if it was tokenized before.
   *
   * @throws NepentheException with BAD_DATA if the corpus has no such split
   */
  public OptionalLong cachedSize(Corpus corpus, String split, TextEncoding tokenizer) {
    return cache.count(file(corpus, split, tokenizer));
  }

  /** Returns the ids of one part of a corpus. The first time this may take minutes. */
  @Override
  public synchronized TokenIds tokens(String corpus, String split, TextEncoding tokenizer) {
    String key = corpus + "/" + split + "/" + tokenizer.identity();
    TokenIds known = opened.get(key);
    if (known == null) {
      known = tokens(find(corpus), split, tokenizer);
      opened.put(key, known);
    }
    return known;
  }

  /**
   * {@inheritDoc} A path is absolute, or within the working directory, or else within the first
   * folder of corpora that has it.
   */
  @Override
  public Path place(String named) {
    Path here = Path.of(named);
    return here.isAbsolute() || Files.exists(here)
        ? here
        : roots.stream()
            .map(root -> root.resolve(named))
            .filter(Files::exists)
            .findFirst()
            .orElse(here);
  }

  /** {@inheritDoc} A folder holds the tokenizer of a model; else it is a name. */
  @Override
  public TextEncoding encoding(String named) {
    Path folder = place(named);
    if (!Files.isDirectory(folder)) {
      return TokenSource.super.encoding(named);
    }
    return FolderTokenizer.find(folder)
        .orElseThrow(
            () -> BadData.of(folder + " holds no tokenizer: no tokenizer.json, no vocab.json."));
  }

  private TokenIds tokens(Corpus corpus, String split, TextEncoding tokenizer) {
    Path file = file(corpus, split, tokenizer);
    return cache.get(
        file,
        IdWidth.of(tokenizer.size()),
        writer -> {
          tokenize(corpus, split, tokenizer, writer);
          if (!file(corpus, split, tokenizer).equals(file)) {
            throw BadData.of(corpus.place() + " has changed while it was read. Try again.");
          }
        });
  }

  private Path file(Corpus corpus, String split, TextEncoding tokenizer) {
    return cache.file(
        corpus.name() + "-" + split,
        tokenizer.identity() + "\n" + split + "\n" + corpus.text(split).identity());
  }

  private void tokenize(
      Corpus corpus, String split, TextEncoding tokenizer, TokenFile.Writer writer)
      throws IOException {
    Text text = corpus.text(split);
    ProgressLines progress =
        new ProgressLines("tokenizing " + corpus.name() + " " + split, 0, lines, System::nanoTime);
    long bytes = text.bytes();
    try (ParallelTokenizer threads =
        new ParallelTokenizer(tokenizer, Runtime.getRuntime().availableProcessors())) {
      threads.tokenize(
          text,
          (ids, bytesRead) -> {
            writer.add(ids);
            requireFits(corpus, split, writer);
            progress.done(bytesRead, bytes);
          });
    }
    if (writer.count() == 0) {
      throw BadData.of(
          String.format(
              "split '%s' of corpus '%s' (%s) has no text. Add some, or use another split.",
              split, corpus.name(), corpus.place()));
    }
  }

  private static void requireFits(Corpus corpus, String split, TokenFile.Writer writer) {
    if (writer.count() > writer.most()) {
      throw BadData.of(
          String.format(
              Locale.ROOT,
              "split '%s' of corpus '%s' (%s) has more than %,d tokens, the most there may be."
                  + " Leave out some of its files.",
              split,
              corpus.name(),
              corpus.place(),
              writer.most()));
    }
  }

  private static NepentheException withoutText(String name, Path folder) {
    return BadData.of(
        String.format(
            "%s holds no text: no .parquet, .tokens or .txt files.%s",
            folder,
            KnownCorpus.find(name).isPresent()
                ? " 'nepenthe data fetch " + name + "' downloads them."
                : " Put some there."));
  }

  private NepentheException missing(String name) {
    Optional<KnownCorpus> known = KnownCorpus.find(name);
    return BadData.of(
        String.format(
            "there is no corpus '%s' in %s. %s in one of them, or name the folder above it in"
                + " NEPENTHE_DATA; corpus '%s' needs no files.",
            name,
            roots.stream().map(Path::toString).collect(Collectors.joining(", ")),
            known.isPresent()
                ? "Download it by 'nepenthe data fetch " + name + "', put its folder"
                : "Put a folder of that name",
            SyntheticText.NAME));
  }
}
