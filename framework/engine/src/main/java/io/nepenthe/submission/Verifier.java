package io.nepenthe.submission;

import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.protocol.ProtocolVersion;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.provenance.Versions;
import io.nepenthe.run.RunListener;
import io.nepenthe.run.RunSettings;
import io.nepenthe.suite.Suite;
import io.nepenthe.summary.RunReader;
import io.nepenthe.summary.StoredRun;
import io.nepenthe.wording.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Judges archives of somebody else. Nothing is believed that can be computed, and no class of a
 * plugin is loaded in this process.
 */
public final class Verifier {
  private final Function<String, Optional<Suite>> suites;
  private final PluginCatalog shipped;
  private final List<PublicKey> keys;
  private final Provenance here;

  /**
   * Makes a verifier.
   *
   * @param suites returns the suite of a name, if there is one
   * @param shipped the plugins that come with Nepenthe
   * @param keys archives must be signed by one of them; empty if they need not be
   * @param here where this runs
   */
  public Verifier(
      Function<String, Optional<Suite>> suites,
      PluginCatalog shipped,
      List<PublicKey> keys,
      Provenance here) {
    this.suites = suites;
    this.shipped = shipped;
    this.keys = List.copyOf(keys);
    this.here = here;
  }

  /**
   * How trials are run again.
   *
   * @param trials how many
   * @param seed by which they are drawn
   * @param settings returns where and how, with an empty folder for the results
   * @param listener hears what happens
   */
  public record Sample(
      int trials, long seed, Function<Suite, RunSettings> settings, RunListener listener) {}

  /**
   * Judges an archive.
   *
   * @param sample which trials are run again, if the rest is right; null for none
   * @throws NepentheException with IO if the file cannot be read
   */
  public Verification verify(Path file, @Nullable Sample sample) {
    Findings findings = new Findings();
    try (SubmissionArchive archive = SubmissionArchive.open(file)) {
      findings.pass(
          Rule.ARCHIVE, archive.submission().name() + " by " + archive.submission().author());
      return new Judgement(archive, findings).of(sample);
    } catch (NepentheException e) {
      if (e.code() != ErrorCode.STORE_CORRUPT) {
        throw e;
      }
      findings.fail(Rule.ARCHIVE, e.getMessage());
      findings.skipOthers("the archive could not be read");
      return result(ContentHash.ofFile(file), null, findings, null, null);
    }
  }

  private final class Judgement {
    private final SubmissionArchive archive;
    private final Findings findings;
    private Verification.@Nullable Rerun rerun;
    private @Nullable String signedBy;

    Judgement(SubmissionArchive archive, Findings findings) {
      this.archive = archive;
      this.findings = findings;
    }

    Verification of(@Nullable Sample sample) {
      ManifestCheck.hashes(archive, findings);
      signature();
      Evidence.read(archive, findings).ifPresent(evidence -> results(evidence, sample));
      findings.skipOthers("what it needs could not be read; see the rules that failed");
      return result(archive.sha256(), archive.submission().name(), findings, rerun, signedBy);
    }

    private void results(Evidence evidence, @Nullable Sample sample) {
      guarded(Rule.LOCK, () -> ManifestCheck.lock(archive.submission(), evidence, findings));
      guarded(Rule.DERIVED, () -> derived(evidence));
      guarded(Rule.PLAN, () -> PlanCheck.check(evidence, findings));
      guarded(Rule.ORIGINALS, () -> OriginalCheck.check(evidence, findings));
      guarded(Rule.SCORES, () -> ScoreCheck.check(evidence, findings));
      guarded(Rule.TIMES, () -> TimeCheck.check(evidence, findings));
      guarded(Rule.SUITE, () -> suite(evidence));
      guarded(Rule.JARS, () -> plugins(evidence, sample));
    }

    /** Comes first: it may have more to say of plan and scores, which then do not pass. */
    private void derived(Evidence evidence) {
      StoredRun stored = RunReader.read(archive.store(line -> findings.fail(Rule.DERIVED, line)));
      guarded(Rule.PLAN, () -> ChallengeCheck.check(stored, evidence, findings));
      DerivedCheck.check(archive, stored, evidence, findings);
    }

    /** What a forger wrote may break any check: then it has not held. */
    private void guarded(Rule rule, Runnable check) {
      try {
        check.run();
      } catch (RuntimeException e) {
        if (e instanceof NepentheException known && known.code() == ErrorCode.IO) {
          throw known;
        }
        findings.fail(rule, "it cannot be checked: " + Words.line(String.valueOf(e.getMessage())));
      }
    }

    private void suite(Evidence evidence) {
      Suite has = evidence.run().suite();
      Optional<Suite> meant = suites.apply(has.name());
      if (meant.isEmpty()) {
        findings.skip(
            Rule.SUITE,
            "there is no suite "
                + has.name()
                + " here to compare with: that its seeds, tasks and grids are all is the"
                + " submitter's word. Give --suite FILE.");
        return;
      }
      Suite resolved =
          meant
              .get()
              .withTimeLimit(
                  id ->
                      shipped
                          .find(id)
                          .filter(plugin -> plugin.descriptor().setsTimeLimit())
                          .isPresent());
      SuiteCheck.check(evidence.run(), resolved, findings);
    }

    private void plugins(Evidence evidence, @Nullable Sample sample) {
      JarCheck check = new JarCheck(archive, evidence.run(), findings);
      Optional<PluginCatalog> kept = check.jars();
      if (kept.isEmpty()) {
        return;
      }
      guarded(Rule.GRIDS, () -> check.grids(kept.get()));
      guarded(Rule.RESERVED, () -> check.reserved(kept.get(), shipped));
      guarded(Rule.LICENCE, () -> check.licences(kept.get(), shipped));
      if (sample == null) {
        findings.skip(Rule.RERUN, "not asked for; see --rerun");
      } else if (evidence.trials().isEmpty() || findings.anyFailed(Rule.values())) {
        findings.skip(Rule.RERUN, "nothing is run of an archive that another rule rejects");
      } else {
        guarded(
            Rule.RERUN,
            () ->
                rerun =
                    new TrialRerun(
                            evidence,
                            kept.get(),
                            sample.settings().apply(evidence.run().suite()),
                            sample.listener(),
                            findings)
                        .run(sample.trials(), sample.seed()));
      }
    }

    private void signature() {
      Optional<byte[]> signature = archive.bytes(ArchivePaths.SIGNATURE);
      if (signature.isEmpty()) {
        if (keys.isEmpty()) {
          findings.skip(Rule.SIGNATURE, "it is not signed");
        } else {
          findings.fail(Rule.SIGNATURE, "it is not signed, and must be");
        }
        return;
      }
      try {
        byte[] signed = archive.bytes(ArchivePaths.SUBMISSION).orElseThrow();
        PublicKey key = FileSignature.read(signature.get()).signerOf(signed);
        signedBy = SigningKey.fingerprint(key);
        if (!keys.isEmpty() && !keys.contains(key)) {
          findings.fail(
              Rule.SIGNATURE, "it is signed by " + signedBy + ", a key that is not meant");
        }
        findings.pass(
            Rule.SIGNATURE,
            "signed by "
                + signedBy
                + (keys.isEmpty() ? ", whoever that is" : ", a key that is meant"));
      } catch (IOException | GeneralSecurityException e) {
        findings.fail(Rule.SIGNATURE, Words.line(e.getMessage()));
      }
    }
  }

  private Verification result(
      String sha256,
      @Nullable String name,
      Findings findings,
      Verification.@Nullable Rerun rerun,
      @Nullable String signedBy) {
    List<RuleResult> rules = findings.results();
    String verdict = Verification.verdictOf(rules);
    boolean isRerun =
        rules.stream()
            .anyMatch(each -> each.rule() == Rule.RERUN && each.verdict() == Verdict.PASS);
    return new Verification(
        Verification.SCHEMA,
        sha256,
        name,
        verdict,
        verdict.equals(Verification.REJECTED)
            ? null
            : isRerun ? Verification.RE_RUN : Verification.CHECKED,
        rules,
        rerun,
        signedBy,
        Versions.framework(),
        ProtocolVersion.CURRENT,
        Lock.platform(here));
  }
}
