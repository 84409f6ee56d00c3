package io.nepenthe.corpus;

import io.nepenthe.protocol.NepentheException;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A corpus that is there: its name, where it is, in what form, and its splits. */
public final class Corpus {
  private final String name;
  private final String place;
  private final String form;
  private final SortedMap<String, Text> texts;

  Corpus(String name, String place, String form, SortedMap<String, Text> texts) {
    this.name = name;
    this.place = place;
    this.form = form;
    this.texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
  }

  /** Returns its name, that of its folder. */
  public String name() {
    return name;
  }

  /** Returns its folder, or words that say why it has none. */
  public String place() {
    return place;
  }

  /** Returns what its files are, like "parquet". */
  public String form() {
    return form;
  }

  /** Returns the names of its splits, sorted. */
  public List<String> splits() {
    return List.copyOf(texts.keySet());
  }

  /**
   * Returns the text of a split.
   *
   * @throws NepentheException with BAD_DATA if it has none of that name
   */
  Text text(String split) {
    Text text = texts.get(split);
    if (text == null) {
      throw BadData.of(
          String.format(
              "corpus '%s' (%s) has no split '%s', only %s. Add its files, or use another split.",
              name, place, split, String.join(", ", texts.keySet())));
    }
    return text;
  }
}
