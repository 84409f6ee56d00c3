package io.nepenthe.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Writes articles. An article keeps to one theme, one town and one person, so that its words tell
 * what comes next; subject and verb agree.
 */
final class SyntheticArticle {
  private static final List<String> SECTIONS =
      List.of("History", "People", "Trade", "Daily life", "Later years");
  private static final int MOST_SECTIONS = 3;
  private static final int SENTENCES = 5;

  private final SyntheticWords words;
  private final RandomGenerator random;
  private String theme = "";
  private String town = "";
  private String hero = "";

  SyntheticArticle(SyntheticWords words, RandomGenerator random) {
    this.words = words;
    this.random = random;
  }

  /** Returns the rows of the next article. */
  List<String> next() {
    theme = words.themes().get(random.nextInt(words.themes().size()));
    town = words.pick("towns", random);
    hero = words.pick("names", random);
    List<String> rows = new ArrayList<>();
    rows.add("");
    rows.add(String.format(" = The %s of %s = \n", SyntheticWords.capitalized(of("places")), town));
    rows.add("");
    rows.add(paragraph());
    int sections = random.nextInt(MOST_SECTIONS + 1);
    for (int i = 0; i < sections; i++) {
      rows.add("");
      rows.add(" = = " + SECTIONS.get(random.nextInt(SECTIONS.size())) + " = = \n");
      rows.add("");
      rows.add(paragraph());
      rows.add(paragraph());
    }
    return rows;
  }

  private String paragraph() {
    StringBuilder paragraph = new StringBuilder();
    int sentences = SENTENCES - 2 + random.nextInt(SENTENCES);
    for (int i = 0; i < sentences; i++) {
      paragraph.append(' ').append(SyntheticWords.capitalized(sentence())).append(" .");
    }
    return paragraph.append(" \n").toString();
  }

  private String sentence() {
    return switch (random.nextInt(9)) {
      case 0 -> clause() + " , " + words.pick("joins", random) + " " + clause();
      case 1 -> "in the " + words.pick("times", random) + " , " + clause();
      case 2 ->
          hero + " was " + SyntheticWords.withArticle(person()) + " who " + deed() + " in " + town;
      case 3 ->
          "most "
              + SyntheticWords.plural(person())
              + " "
              + verb()
              + " "
              + SyntheticWords.plural(thing())
              + " when the "
              + of("places")
              + " is "
              + quality();
      case 4 ->
          String.format(
              "the %s of the %s is %s and %s", thing(), of("places"), quality(), quality());
      case 5 -> hero + " asked the " + person() + " why the " + thing() + " was " + quality();
      case 6 ->
          String.format(
              "after %s days the %s %s",
              words.pick("numbers", random), SyntheticWords.plural(person()), deed());
      case 7 ->
          String.format(
              "there were %s %s %s the %s of %s",
              words.pick("numbers", random),
              SyntheticWords.plural(thing()),
              words.pick("places", random),
              of("places"),
              town);
      default -> clause();
    };
  }

  /** Who did what to what, like "the old sailor slowly hauled a net near the harbour". */
  private String clause() {
    String who = random.nextInt(3) == 0 ? hero : "the " + maybeQuality() + person();
    String how = random.nextInt(3) == 0 ? words.pick("adverbs", random) + " " : "";
    String where =
        random.nextInt(2) == 0 ? " " + words.pick("places", random) + " the " + of("places") : "";
    return who + " " + how + deed() + where;
  }

  private String deed() {
    return SyntheticWords.past(verb())
        + " "
        + (random.nextBoolean()
            ? "the " + maybeQuality() + thing()
            : SyntheticWords.withArticle(maybeQuality() + thing()));
  }

  private String verb() {
    return random.nextInt(4) == 0 ? words.pick("verbs.any", random) : of("verbs");
  }

  private String person() {
    return of("people");
  }

  private String thing() {
    return of("things");
  }

  private String quality() {
    return words.pick("qualities", random);
  }

  private String maybeQuality() {
    return random.nextInt(3) == 0 ? quality() + " " : "";
  }

  private String of(String list) {
    return words.pick(theme + "." + list, random);
  }
}
