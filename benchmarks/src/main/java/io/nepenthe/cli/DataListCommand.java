package io.nepenthe.cli;

import io.nepenthe.corpus.Corpora;
import io.nepenthe.corpus.Corpus;
import io.nepenthe.corpus.KnownCorpus;
import io.nepenthe.task.Tokenizers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the corpora that are there, and those that can be downloaded. */
@Command(
    name = "list",
    description = {
      "Lists the corpora that are here, and those that can be downloaded.",
      "Of each that is here: where, in which form, its splits, and the tokens of those that were "
          + "used before. 'nepenthe data fetch' downloads the others."
    },
    mixinStandardHelpOptions = true)
final class DataListCommand implements Callable<Integer> {
  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    try (Console console = new Console()) {
      Corpora corpora = Corpora.fromEnvironment(console::warned);
      List<Listed> listed = new ArrayList<>();
      for (Corpus corpus : corpora.all()) {
        Map<String, @Nullable Long> tokens = new LinkedHashMap<>();
        for (String split : corpus.splits()) {
          OptionalLong size = corpora.cachedSize(corpus, split, Tokenizers.paper());
          tokens.put(split, size.isPresent() ? size.getAsLong() : null);
        }
        listed.add(
            new Listed(
                corpus.name(),
                new Here(corpus.place(), corpus.form(), tokens),
                KnownCorpus.find(corpus.name()).map(Source::of).orElse(null)));
      }
      for (KnownCorpus known : KnownCorpus.values()) {
        if (listed.stream().noneMatch(one -> one.name().equals(known.id()))) {
          listed.add(new Listed(known.id(), null, Source.of(known)));
        }
      }
      StringBuilder text = new StringBuilder();
      listed.forEach(one -> text.append(one.text()));
      json.print(listed, text.toString());
      return 0;
    }
  }

  /**
   * A corpus.
   *
   * @param here null if it is not here
   * @param source null if it cannot be downloaded
   */
  private record Listed(String name, @Nullable Here here, @Nullable Source source) {
    String text() {
      return name
          + "\n"
          + (here == null ? "" : here.text())
          + (source == null ? "" : source.text())
          + (here == null ? "  not here; 'nepenthe data fetch " + name + "' downloads it\n" : "");
    }
  }

  /**
   * What is here of a corpus.
   *
   * @param splits with the number of tokens of each; null before its first use
   */
  private record Here(String place, String form, Map<String, @Nullable Long> splits) {
    String text() {
      List<String> words = new ArrayList<>();
      splits.forEach(
          (split, tokens) ->
              words.add(
                  tokens == null
                      ? split
                      : String.format(Locale.ROOT, "%s (%,d tokens)", split, tokens)));
      return String.format("  %s: %s%n  splits: %s%n", place, form, String.join(", ", words));
    }
  }

  /** Where a corpus comes from. */
  private record Source(String dataSet, String description, String licence, long megabytes) {
    static Source of(KnownCorpus known) {
      return new Source(
          KnownCorpus.DATA_SET + ", " + known.configuration(),
          known.description(),
          known.licence(),
          known.megabytes());
    }

    String text() {
      return String.format("  %s %s, about %d MB to download.%n", description, licence, megabytes);
    }
  }
}
