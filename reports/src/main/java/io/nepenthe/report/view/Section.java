package io.nepenthe.report.view;

import io.nepenthe.wording.Words;

/** The sections of a report's page, in their order. */
public enum Section {
  ANSWER("In short"),
  RESULTS("Results"),
  RANKING("Ranking"),
  MANY_SEEDS("Telling methods apart"),
  TRADEOFF("What forgetting costs"),
  LASTING("Does it last?"),
  TRAINING("How the original models came to memorize"),
  TASKS("Tasks"),
  TIMES("Times"),
  MEASURES("Other measures"),
  PAPER("Beside the paper"),
  WINNERS("Which setting"),
  EXCLUDED("Left out of the choice"),
  FAILURES("Failures"),
  ENERGY("Energy and carbon"),
  PROVENANCE("Provenance"),
  FILES("Files"),
  REPRODUCE("Reproduce");

  private final String title;

  Section(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }

  /** Returns the id by which links lead to it. */
  public String id() {
    return Words.id(this);
  }
}
