package io.nepenthe.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What lies beside the weights of a folder. A tokenizer, of whatever kind, and settings of
 * generation are as true of other weights and travel with them; nothing else does.
 */
final class FilesBeside {
  /**
   * Names that tokenizers of transformers and of sentencepiece, tiktoken and BPE give to files, and
   * what says or does how transformers generates.
   */
  private static final Pattern TRAVELS =
      Pattern.compile(
          ".*(tokeniz|vocab|merges|chat_template|sentencepiece|spiece|tekken|generation_config"
              + "|custom_generate).*"
              + "|(special_tokens_map|added_tokens|encoder|unigram|normalizer|emoji"
              + "|processor_config|preprocessor_config)\\.json"
              + "|(dict|bpe)\\.txt|.*\\.(model|spm|tiktoken|bpe|codes|jinja)");

  private final Path folder;
  private final List<Path> entries;

  private FilesBeside(Path folder, List<Path> entries) {
    this.folder = folder;
    this.entries = entries;
  }

  /** Lists a folder; what travels must be there to be read. */
  static FilesBeside of(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      FilesBeside beside = new FilesBeside(folder, entries.sorted().toList());
      beside.entries.stream().filter(FilesBeside::travels).forEach(FilesBeside::requireReadable);
      return beside;
    } catch (IOException e) {
      throw BadModel.unreadable(folder, e);
    }
  }

  private static boolean travels(Path entry) {
    return TRAVELS.matcher(name(entry).toLowerCase(Locale.ROOT)).matches();
  }

  private static String name(Path entry) {
    return entry.getFileName().toString();
  }

  private static void requireReadable(Path entry) {
    if (Files.isDirectory(entry)) {
      within(entry).stream()
          .filter(each -> !Files.isDirectory(each))
          .forEach(FilesBeside::requireReadable);
    } else if (FolderFile.isThere(entry)) {
      FolderFile.otherContent(entry)
          .filter(what -> what.contains("Git LFS"))
          .ifPresent(
              what -> {
                throw BadModel.of(entry, what);
              });
    }
  }

  private static List<Path> within(Path entry) {
    try (Stream<Path> all = Files.walk(entry)) {
      return all.toList();
    } catch (IOException e) {
      throw BadModel.unreadable(entry, e);
    } catch (UncheckedIOException e) {
      throw BadModel.unreadable(entry, e.getCause());
    }
  }

  /** Copies what travels. */
  void carry(Path to) throws IOException {
    for (Path entry : entries) {
      if (travels(entry)) {
        for (Path each : within(entry)) {
          Files.copy(each, to.resolve(folder.relativize(each).toString()));
        }
      }
    }
  }

  /** Returns the names of what stays behind, of visible files other than the given ones. */
  List<String> left(List<Path> others) {
    return entries.stream()
        .filter(entry -> !travels(entry) && !others.contains(entry))
        .map(entry -> Files.isDirectory(entry) ? name(entry) + "/" : name(entry))
        .filter(name -> !name.startsWith("."))
        .toList();
  }
}
