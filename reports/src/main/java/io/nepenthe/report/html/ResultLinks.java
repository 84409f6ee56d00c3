package io.nepenthe.report.html;

import io.nepenthe.report.view.TrialPages;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Addresses of stored results, in the folders of their runs, as the pages of trials link to them.
 */
public final class ResultLinks {
  private final Path pages;
  private final Function<String, Path> runs;

  /**
   * Makes addresses.
   *
   * @param pages folder of the pages
   * @param runs gives the folder of the run that a trial or original is from
   */
  public ResultLinks(Path pages, Function<String, Path> runs) {
    this.pages = pages.toAbsolutePath().normalize();
    this.runs = runs;
  }

  String trial(String id) {
    return url("trials", id);
  }

  String original(String id) {
    return url("originals", id);
  }

  private String url(String part, String id) {
    Path file = runs.apply(id).resolve(part).resolve(id + ".json").toAbsolutePath().normalize();
    return StreamSupport.stream(pages.relativize(file).spliterator(), false)
        .map(segment -> TrialPages.urlSegment(segment.toString()))
        .collect(Collectors.joining("/"));
  }
}
