package io.nepenthe.cli;

import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.data.Windows;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.plugin.Given;
import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.plugin.Need;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.task.rows.JudgedRows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that name the rows a method is to see. */
final class RowOptions {
  private static final int PAPER_PROMPT = 50;

  private static final Map<Need, Function<RowOptions, @Nullable Path>> FILES =
      Map.of(
          Need.FORGET_SET, options -> options.forget,
          Need.RETAIN_SET, options -> options.retain,
          Need.TWINS, options -> options.twins,
          Need.FORGET_TWINS, options -> options.forgetTwins,
          Need.EXTRA, options -> options.extra,
          Need.VALIDATION, options -> options.validation);

  private static final Map<Need, String> WHAT =
      Map.of(
          Need.FORGET_SET, "the rows it is to make the model forget",
          Need.RETAIN_SET, "the rows whose behaviour it is to keep",
          Need.TWINS, "the clean rows it trains on in place of the memorized ones",
          Need.FORGET_TWINS, "the clean rows that those to forget stand in place of, row by row",
          Need.EXTRA, "the other clean training rows",
          Need.VALIDATION, "clean rows that are neither trained on nor judged on");

  @Option(
      names = "--forget",
      paramLabel = "CSV",
      description = "Rows that the model reproduces and should forget.")
  private @Nullable Path forget;

  @Option(names = "--retain", paramLabel = "CSV", description = "Rows that it should keep.")
  private @Nullable Path retain;

  @Option(
      names = "--twins",
      paramLabel = "CSV",
      description = "The clean rows that the memorized ones replaced.")
  private @Nullable Path twins;

  @Option(
      names = "--forget-twins",
      paramLabel = "CSV",
      description =
          "The clean rows that those of --forget stand in place of, row by row: forget-twins.csv"
              + " of 'nepenthe inspect'.")
  private @Nullable Path forgetTwins;

  @Option(names = "--extra", paramLabel = "CSV", description = "Other clean training rows.")
  private @Nullable Path extra;

  @Option(
      names = "--validation",
      paramLabel = "CSV",
      description = "Clean rows to choose on, neither trained on nor judged on.")
  private @Nullable Path validation;

  @Option(
      names = "--file",
      paramLabel = "NAME=CSV",
      description = "Rows of a file that the method asks for by name. Repeatable.")
  private Map<String, Path> further = Map.of();

  @Mixin private RowFiles files = new RowFiles();

  @Option(
      names = "--prompt",
      paramLabel = "N",
      description =
          "Tokens of a row to forget that are given, before what is memorized (default: "
              + PAPER_PROMPT
              + ", as in the paper).")
  private @Nullable Integer prompt;

  @Option(
      names = "--windows",
      paramLabel = "CSV",
      description =
          "Tokens given and compared of each row to forget, where they differ from row to row:"
              + " forget-windows.csv of 'nepenthe inspect'.")
  private @Nullable Path windows;

  /** Returns the rows that a method asks for, all of one length. */
  Given read(String method, MethodDescriptor descriptor, LanguageModel model) {
    Map<Need, Sequences> rows = new LinkedHashMap<>();
    List<Need> known = new ArrayList<>(Need.rows());
    descriptor.allNeeds().stream().filter(need -> need.file().isPresent()).forEach(known::add);
    for (Need need : known) { // in this order, so that of two mistakes the same is told
      boolean needed = descriptor.needs().contains(need);
      if (needed || (descriptor.optionalNeeds().contains(need) && file(need) != null)) {
        rows.put(need, files.predictable("apply", given(method, need), model));
      }
    }
    requireOneLength(rows);
    requirePairs(rows);
    Sequences memorized = rows.get(Need.FORGET_SET);
    if (memorized != null && prompt != null && (prompt < 1 || prompt >= memorized.length())) {
      throw Usage.of(
          "apply",
          "--prompt is "
              + prompt
              + ", must be at least 1 and less than the "
              + memorized.length()
              + " tokens of the rows to forget: give how many tokens come before what is memorized");
    }
    if (windows == null) {
      return Given.of(rows, window(memorized));
    }
    if (memorized == null) {
      throw Usage.of("apply", "--windows is of rows to forget, and method " + method + " has none");
    }
    return Given.of(rows, new Windows(window(memorized), JudgedRows.windows(windows, memorized)));
  }

  /** Returns what is given of a row to forget, and that all the rest of it is compared. */
  private Window window(@Nullable Sequences memorized) {
    int given = prompt == null ? PAPER_PROMPT : prompt;
    return new Window(given, memorized == null ? 1 : Math.max(1, memorized.length() - given));
  }

  private @Nullable Path file(Need need) {
    return need.file().isPresent() ? further.get(need.file().get()) : FILES.get(need).apply(this);
  }

  private Path given(String method, Need need) {
    Path file = file(need);
    if (file == null) {
      throw Usage.of(
          "apply",
          "method "
              + method
              + " needs "
              + option(need)
              + (need.file().isPresent() ? "=" : " ")
              + "CSV, "
              + what(need));
    }
    return file;
  }

  private static void requirePairs(Map<Need, Sequences> rows) {
    Sequences forget = rows.get(Need.FORGET_SET);
    Sequences twins = rows.get(Need.FORGET_TWINS);
    if (forget != null && twins != null && forget.rows() != twins.rows()) {
      throw new NepentheException(
          ErrorCode.BAD_DATA,
          "--forget has %d rows, --forget-twins has %d: row by row they must belong together."
              .formatted(forget.rows(), twins.rows()));
    }
  }

  private static void requireOneLength(Map<Need, Sequences> rows) {
    if (rows.values().stream().map(Sequences::length).distinct().count() > 1) {
      StringBuilder lengths = new StringBuilder();
      rows.forEach(
          (need, set) -> lengths.append(option(need)).append(" has ").append(set).append(", "));
      throw new NepentheException(
          ErrorCode.BAD_DATA, lengths + "must have rows of one length. Cut them with --length.");
    }
  }

  /** Returns the option that names the rows. */
  static String option(Need need) {
    return "--" + name(need);
  }

  /** Returns what the rows are called in options and results. */
  static String name(Need need) {
    return need.file().map(name -> "file " + name).orElse(need.id().replace("-set", ""));
  }

  private static String what(Need need) {
    return WHAT.getOrDefault(need, "rows that it asks for by name");
  }
}
