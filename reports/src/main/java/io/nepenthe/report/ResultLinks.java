package io.nepenthe.report;

import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Links from the pages of trials to the stored results, which lie in the folders of their runs. */
final class ResultLinks {
  private final Path pages;
  private final Function<String, Path> runs;

  /**
   * Makes links.
   *
   * @param pages folder of the pages
   * @param runs gives the folder of the run that a trial or original is from
   */
  ResultLinks(Path pages, Function<String, Path> runs) {
    this.pages = pages.toAbsolutePath().normalize();
    this.runs = runs;
  }

  String trial(String id) {
    return link("trials", id);
  }

  String original(String id) {
    return link("originals", id);
  }

  private String link(String part, String id) {
    Path file = runs.apply(id).resolve(part).resolve(id + ".json").toAbsolutePath().normalize();
    String url =
        StreamSupport.stream(pages.relativize(file).spliterator(), false)
            .map(segment -> Escape.urlSegment(segment.toString()))
            .collect(Collectors.joining("/"));
    return Html.link(url, "JSON");
  }
}
