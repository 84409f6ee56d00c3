package io.nepenthe.cli;

import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.plugin.Given;
import io.nepenthe.plugin.Need;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that name the rows a method is to see. */
final class RowOptions {
  private static final int PAPER_PROMPT = 50;

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

  @Option(names = "--extra", paramLabel = "CSV", description = "Other clean training rows.")
  private @Nullable Path extra;

  @Mixin private RowFiles files = new RowFiles();

  @Option(
      names = "--prompt",
      paramLabel = "N",
      description =
          "Tokens of a row to forget that are given, before what is memorized (default: "
              + PAPER_PROMPT
              + ", as in the paper).")
  private @Nullable Integer prompt;

  /** Returns the rows that a method asks for, all of one length. */
  Given read(String method, Set<Need> needs, LanguageModel model) {
    Map<Need, Sequences> rows = new EnumMap<>(Need.class);
    for (Need need : Need.values()) { // in this order, so that of two mistakes the same is told
      if (needs.contains(need)) {
        rows.put(need, files.predictable("apply", given(method, need), model));
      }
    }
    requireOneLength(rows);
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
    return Given.of(rows, window(memorized));
  }

  /** Returns what is given of a row to forget, and that all the rest of it is compared. */
  private Window window(@Nullable Sequences memorized) {
    int given = prompt == null ? PAPER_PROMPT : prompt;
    return new Window(given, memorized == null ? 1 : Math.max(1, memorized.length() - given));
  }

  private Path given(String method, Need need) {
    Path file =
        switch (need) {
          case FORGET_SET -> forget;
          case RETAIN_SET -> retain;
          case TWINS -> twins;
          case EXTRA -> extra;
        };
    if (file == null) {
      throw Usage.of(
          "apply", "method " + method + " needs " + option(need) + " CSV, " + what(need));
    }
    return file;
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
    return switch (need) {
      case FORGET_SET -> "--forget";
      case RETAIN_SET -> "--retain";
      case TWINS -> "--twins";
      case EXTRA -> "--extra";
    };
  }

  private static String what(Need need) {
    return switch (need) {
      case FORGET_SET -> "the rows it is to make the model forget";
      case RETAIN_SET -> "the rows whose behaviour it is to keep";
      case TWINS -> "the clean rows it trains on in place of the memorized ones";
      case EXTRA -> "the other clean training rows";
    };
  }
}
