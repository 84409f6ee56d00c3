package io.nepenthe.testkit;

import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What a method promises, each promise with the check that it is kept on the tiny model. Contract
 * tests and {@code nepenthe plugins check} run the same ones.
 */
@SuppressWarnings("ImmutableEnumChecker") // functions without state
public enum ContractRule {
  /** Descriptor and record agree. */
  RECORD_FITS_DESCRIPTOR(
      "make method.json and the record of hyper-parameters agree in names, order and types, and say"
          + " in a line what each is, with its unit",
      subject -> true,
      DescriptorChecks::recordFitsDescriptor),
  /** The family is the interface's. */
  FAMILY_FITS_INTERFACE(
      "say the family whose interface the class implements",
      subject -> true,
      DescriptorChecks::familyFitsInterface),
  /** The record takes every point of every grid. */
  GRID_FITS_RECORD(
      "let the record take every point of the grids, or leave those values out of method.json",
      subject -> true,
      DescriptorChecks::everyGridPointMakesARecord),
  /** The record takes the ends of every range. */
  RANGES_FIT_RECORD(
      "narrow the range in method.json to what the record takes (exclusiveMin and exclusiveMax leave"
          + " a bound out)",
      subject -> true,
      DescriptorChecks::rangesHoldOnlyWhatTheRecordTakes),
  /** It comes to an end, with numbers. */
  LEAVES_FINITE_WEIGHTS(
      "make the method work on a small model: lower its learning rate or strength (for this"
          + " alone: contract in method.json), or guard what it divides by",
      subject -> true,
      RunChecks::weightsAreFiniteAndAsManyAsBefore),
  /** Equal seeds give equal weights. */
  IS_SEEDED(
      "draw all randomness from context.random, keep nothing in fields, iterate no HashMap or"
          + " HashSet whose order matters",
      subject -> true,
      subject -> RunChecks.sameSeedSameWeights(subject)),
  /** Rows it is given stay as they are. */
  LEAVES_ROWS_ALONE(
      "copy rows before changing them", subject -> true, RunChecks::rowsStayAsTheyAre),
  /** It changes no tensor but those it names. */
  CHANGES_WHAT_EDITS_NAMES(
      "change only the tensors that edits in method.json names",
      subject -> !subject.isRegularizer(),
      RunChecks::changesOnlyWhatEditsNames),
  /** It closes what it opens. */
  LEAVES_NO_OPEN_ARRAYS(
      "work in try (NDScope scope = new NDScope()), or in a sub-manager that the method closes",
      subject -> true,
      subject -> RunChecks.leavesNoOpenArrays(subject)),
  /** It ends the threads it starts. */
  LEAVES_NO_THREADS(
      "end every thread, daemons too, before the method returns",
      subject -> true,
      RunChecks::leavesNoThreads),
  /** It stops when it is told to. */
  STOPS_WHEN_INTERRUPTED(
      "call context.progress(done, total) in its loop, which throws, let that through, and leave"
          + " the thread's interrupt as it is",
      subject -> !subject.isRegularizer(),
      subject -> RunChecks.stopsWhenInterrupted(subject)),
  /** It says in its descriptor which rows it reads. */
  NEEDS_WHAT_IT_NAMES(
      "move it to optionalNeeds in method.json, or leave it out, and let the context's own exception"
          + " through",
      subject -> !subject.descriptor().needs().isEmpty(),
      subject -> RunChecks.namesTheDataItDidNotGet(subject)),
  /** It does without what it calls optional. */
  RUNS_WITHOUT_WHAT_IS_OPTIONAL(
      "ask context.has(...) before use",
      subject -> !subject.descriptor().optionalNeeds().isEmpty(),
      subject -> RunChecks.runsWithoutWhatIsOptional(subject)),
  /** Localizing changes no weight. */
  LOCALIZES_WITHOUT_EDITING(
      "put the weights back before localize returns, or edit a copy",
      ContractSubject::isLocalized,
      subject -> RunChecks.localizationLeavesWeightsUnchanged(subject)),
  /** Points that share a localization get the weights they get alone. */
  SHARES_LOCALIZATIONS(
      "say affects \"localization\" of every hyper-parameter that changes what localize finds",
      ContractSubject::isLocalized,
      subject -> RunChecks.sharedLocalizationsGiveTheWeightsOfRunsAlone(subject)),
  /** A training that was broken off ends as one that was not. */
  RESUMES_TRAINING(
      "return all that the hook remembers in state, and take it back in restore",
      ContractSubject::isRegularizer,
      TrainingChecks::brokenOffTrainingEndsWithTheSameWeights);

  private final String advice;
  private final Predicate<ContractSubject<?>> applies;
  private final Consumer<ContractSubject<?>> check;

  ContractRule(
      String advice, Predicate<ContractSubject<?>> applies, Consumer<ContractSubject<?>> check) {
    this.advice = advice;
    this.applies = applies;
    this.check = check;
  }

  /** Returns the kebab-case name. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns what to do about a promise that is broken. */
  public String advice() {
    return advice;
  }

  /** Returns true if a method of its kind promises this. */
  public boolean appliesTo(ContractSubject<?> subject) {
    return applies.test(subject);
  }

  /**
   * Does nothing if the promise is kept.
   *
   * @throws AssertionError if it is broken, with what was found; any other exception is the
   *     method's own
   */
  public void check(ContractSubject<?> subject) {
    check.accept(subject);
  }
}
