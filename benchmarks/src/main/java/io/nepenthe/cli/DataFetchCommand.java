package io.nepenthe.cli;

import io.nepenthe.corpus.CorpusDownload;
import io.nepenthe.corpus.CorpusFile;
import io.nepenthe.corpus.CorpusPlaces;
import io.nepenthe.corpus.KnownCorpus;
import io.nepenthe.protocol.NepentheException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Downloads a corpus. */
@Command(
    name = "fetch",
    description = {
      "Downloads a corpus from Hugging Face into the cache folder.",
      "Size and SHA-256 of each file are checked, of those that are there already too. What was "
          + "interrupted goes on where it stopped. Known are: wikitext-103, wikitext-2."
    },
    mixinStandardHelpOptions = true)
final class DataFetchCommand implements Callable<Integer> {
  private static final String NAME = "data fetch";
  private static final int MOST_PORTS = 65535;

  @Parameters(paramLabel = "NAME", description = "A corpus that 'nepenthe data list' names.")
  private String name = "";

  @Option(
      names = "--from",
      paramLabel = "URL",
      description =
          "A mirror of the data set: holds wikitext-103-v1/test-00000-of-00001.parquet ...")
  private @Nullable URI from;

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    KnownCorpus corpus = KnownCorpus.find(name).orElseThrow(this::unknown);
    try (Console console = new Console()) {
      Path folder =
          new CorpusDownload(
                  corpus, base(), CorpusPlaces.fromEnvironment().downloads(), console::say)
              .run();
      json.print(new Fetched(corpus.id(), folder.toString(), corpus.files()), folder + "\n");
      return 0;
    }
  }

  private URI base() {
    if (from == null) {
      return CorpusDownload.HUGGING_FACE;
    }
    if (from.getHost() == null
        || !String.valueOf(from.getScheme()).matches("(?i)https?")
        || from.getPort() > MOST_PORTS
        || from.getRawQuery() != null
        || from.getRawFragment() != null) {
      throw Usage.of(
          NAME, "--from is " + from + ", must be an http or https address that ends with its path");
    }
    return from;
  }

  /**
   * A corpus that is there.
   *
   * @param files each checked
   */
  private record Fetched(String name, String folder, List<CorpusFile> files) {}

  private NepentheException unknown() {
    return Usage.of(
        NAME,
        String.format(
            "there is no download of corpus '%s', only of %s",
            name,
            Stream.of(KnownCorpus.values())
                .map(KnownCorpus::id)
                .collect(Collectors.joining(", "))));
  }
}
