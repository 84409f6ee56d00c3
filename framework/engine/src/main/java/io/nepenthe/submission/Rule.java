package io.nepenthe.submission;

import com.fasterxml.jackson.annotation.JsonValue;
import io.nepenthe.wording.Words;

/** What is checked of an archive, in this order, and what its submitter can do. */
public enum Rule {
  /** It is a zip that does no harm, and says who submits what. */
  ARCHIVE("Pack the run again by 'nepenthe submit'."),
  /** Every file is listed with its size and hash, and no other is there. */
  HASHES("Pack the run again by 'nepenthe submit', and do not change the archive."),
  /** It is signed by a key that is meant. */
  SIGNATURE("Sign it by 'nepenthe submit --key', with the key that the board lists."),
  /** Every result is what was written. */
  SEALS("Submit the files as the run wrote them; 'nepenthe run' measures damaged ones again."),
  /** Every file is of a schema of this program, and its name its own. */
  SCHEMA("Run the suite again with this version, and submit that run."),
  /** The stated versions and platform are those of the results. */
  LOCK("Submit a run that one version of Nepenthe made from start to end."),
  /** All that the definition asks for is there, and nothing else. */
  PLAN("Submit the whole run: every task, seed and grid point, failed ones too."),
  /** The jars are those that the results name. */
  JARS("Submit the run's folder as it is: the jars it kept are those that ran."),
  /** The grid points are all that the methods or the suite declare. */
  GRIDS("Run all points of the grids that method.json or the suite declares."),
  /** The suite is the one of that name. */
  SUITE("Run the suite as it is; methods of yours may be added, nothing else changed."),
  /** Ids that come with Nepenthe stand for the jars that come with it. */
  RESERVED(
      "Give your method an id and a name of its own; build Nepenthe's methods from its sources."),
  /** Task and seed have one original model, from which every trial began. */
  ORIGINALS("Run the suite in one folder, with one cache."),
  /** The scores of each trial agree with each other. */
  SCORES("Submit scores as they were measured; 'nepenthe run' measures a removed trial again."),
  /** What is computed from the results is what comes out. */
  DERIVED("Renew it by 'nepenthe report RUN', and submit again."),
  /** The times of one work agree. */
  TIMES("Time the winners again on a quiet machine by 'nepenthe time RUN', or explain."),
  /** The jars state the licence that the submission states. */
  LICENCE("State one licence in the jar's manifest (Plugin-License) and by --licence."),
  /** A sample of trials, run again, gives the same. */
  RERUN("Run the suite again, and submit what comes out.");

  private final String advice;

  Rule(String advice) {
    this.advice = advice;
  }

  /** Returns the word that files have. */
  @JsonValue
  public String id() {
    return this == RERUN ? "re-run" : Words.id(this);
  }

  /** Returns what the submitter can do. */
  public String advice() {
    return advice;
  }
}
