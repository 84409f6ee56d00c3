package io.nepenthe.corpus;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Downloads a known corpus in the form that Hugging Face serves. What was cut off goes on where it
 * stopped; a file is there only when its size and its hash are the known ones.
 */
public final class CorpusDownload {
  /** Where the data set's files are. */
  public static final URI HUGGING_FACE =
      URI.create("https://huggingface.co/datasets/" + KnownCorpus.DATA_SET + "/resolve/main");

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final KnownCorpus corpus;
  private final List<CorpusFile> files;
  private final Duration patience;
  private final URI base;
  private final Path folder;
  private final Consumer<String> lines;

  /**
   * Plans a download.
   *
   * @param base holds a folder per configuration, like {@link #HUGGING_FACE}; http or https
   * @param downloads gets a folder named like the corpus
   * @param lines receives lines for the user: progress every few seconds, what is done
   */
  public CorpusDownload(KnownCorpus corpus, URI base, Path downloads, Consumer<String> lines) {
    this(corpus, corpus.files(), base, downloads, PATIENCE, lines);
  }

  /** Plans a download of other files in place of the corpus's own. */
  CorpusDownload(
      KnownCorpus corpus,
      List<CorpusFile> files,
      URI base,
      Path downloads,
      Duration patience,
      Consumer<String> lines) {
    this.corpus = corpus;
    this.files = files;
    this.patience = patience;
    this.base = base;
    this.folder = downloads.resolve(corpus.id());
    this.lines = lines;
  }

  /**
   * Downloads the files that are not there, or are not what they should be.
   *
   * @return the folder of the corpus
   * @throws NepentheException with IO if the server cannot be reached or the folder not be written,
   *     with BAD_DATA if a file is not what the server says it is
   */
  public Path run() {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO,
          "cannot make " + folder + " (" + e + "). Set NEPENTHE_HOME to a writable folder.",
          e);
    }
    FileDownload download = new FileDownload(patience, lines);
    for (CorpusFile file : files) {
      Path target = folder.resolve(file.name());
      if (file.isAt(target)) {
        lines.accept(target + " is there, and its SHA-256 is right");
      } else {
        if (Files.exists(target)) {
          lines.accept(target + " is not the corpus's file; it is downloaded again");
        }
        fetch(download, file, target);
      }
    }
    return folder;
  }

  private void fetch(FileDownload download, CorpusFile file, Path target) {
    URI source =
        URI.create(
            base.toString().replaceAll("/+$", "")
                + "/"
                + corpus.configuration()
                + "/"
                + file.name());
    try {
      download.fetch(source, file, target);
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO,
          String.format(
              "cannot download %s (%s). Try again to resume; without a network, put"
                  + " %s of data set %s, configuration %s, into %s.",
              source,
              FileDownload.reason(e),
              files.stream().map(CorpusFile::name).collect(Collectors.joining(", ")),
              KnownCorpus.DATA_SET,
              corpus.configuration(),
              folder),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NepentheException(
          ErrorCode.INTERRUPTED, "interrupted; the same command resumes with " + source, e);
    }
  }
}
