package io.nepenthe.report.finding;

/** What tests and intervals allow to say to a question. */
enum Verdict {
  YES,
  NO,
  UNDECIDED
}
