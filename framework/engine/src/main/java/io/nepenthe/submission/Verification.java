package io.nepenthe.submission;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.files.AtomicFiles;
import io.nepenthe.json.Json;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.provenance.SandboxUse;
import io.nepenthe.runstore.StrictResults;
import io.nepenthe.wording.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was found of an archive: {@code verification.json}.
 *
 * @param schema "nepenthe-verification/1"
 * @param sha256 hash of the archive's file
 * @param name of the submission; null if the archive could not be read
 * @param verdict "accepted", "questioned" or "rejected"
 * @param tier "checked", or "re-run" if a sample of trials was repeated too; null if rejected
 * @param rules every rule, in order
 * @param rerun what was repeated; null if nothing was
 * @param signedBy fingerprint of the key that signed it; null if it is not signed
 * @param framework version of Nepenthe that verified it
 * @param protocol version of the measuring rules by which it was verified
 * @param platform where it was verified
 */
public record Verification(
    String schema,
    String sha256,
    @Nullable String name,
    String verdict,
    @Nullable String tier,
    List<RuleResult> rules,
    @Nullable Rerun rerun,
    @Nullable String signedBy,
    String framework,
    String protocol,
    String platform) {
  /** The schema this program writes. */
  public static final String SCHEMA = "nepenthe-verification/1";

  /** Nothing is wrong. */
  public static final String ACCEPTED = "accepted";

  /** Somebody must look. */
  public static final String QUESTIONED = "questioned";

  /** Something cannot be true. */
  public static final String REJECTED = "rejected";

  /** The archive agrees with itself, the suites and the jars. */
  public static final String CHECKED = "checked";

  /** A sample of its trials, run again, gave the same, too. */
  public static final String RE_RUN = "re-run";

  /**
   * A sample of trials that was run again.
   *
   * @param seed by which it was drawn
   * @param trials their ids
   * @param of how many there are
   * @param samePlatform true if weights had to be equal, not only scores close
   * @param sandbox how plugin code was kept; left out by older programs
   */
  public record Rerun(
      long seed,
      List<String> trials,
      int of,
      boolean samePlatform,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SandboxUse sandbox) {
    /** Copies the list. */
    public Rerun {
      trials = List.copyOf(trials);
    }
  }

  /** Checks that all is stated and that the verdict is that of the rules; copies the list. */
  public Verification {
    if (Stream.of(sha256, framework, protocol, platform).anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException("it lacks sha256, framework, protocol or platform");
    }
    rules = List.copyOf(rules);
    String said = verdictOf(rules);
    if (!said.equals(verdict)) {
      throw new IllegalArgumentException("its verdict is " + verdict + ", its rules say " + said);
    }
  }

  /** Returns the verdict that the rules come to. */
  static String verdictOf(List<RuleResult> rules) {
    return switch (rules.stream()
        .map(RuleResult::verdict)
        .max(Verdict::compareTo)
        .orElseThrow(() -> new IllegalArgumentException("it has no rules"))) {
      case FAIL -> REJECTED;
      case QUESTION -> QUESTIONED;
      default -> ACCEPTED;
    };
  }

  /** Returns what a rule says. */
  public RuleResult of(Rule rule) {
    return rules.stream().filter(each -> each.rule() == rule).findAny().orElseThrow();
  }

  /** Returns whether nothing is wrong. */
  @JsonIgnore
  public boolean isAccepted() {
    return verdict.equals(ACCEPTED);
  }

  /** Returns the error that the verdict is, if it is one. */
  @JsonIgnore
  public Optional<ErrorCode> error() {
    return switch (verdict) {
      case ACCEPTED -> Optional.empty();
      case QUESTIONED -> Optional.of(ErrorCode.QUESTIONED);
      default -> Optional.of(ErrorCode.NOT_VERIFIED);
    };
  }

  /** Writes it, sealed. */
  public void write(Path file) {
    try {
      AtomicFiles.write(file, Json.pretty(StrictResults.seal(this)));
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO, "cannot write " + file + " (" + e + "). Give --out another place.", e);
    }
  }

  /**
   * Reads a verification that somebody wrote, whole or not at all.
   *
   * @throws NepentheException with STORE_CORRUPT if it is none
   */
  public static Verification read(Path file) {
    try {
      JsonNode json = Json.mapper().readTree(file.toFile());
      if (!StrictResults.isIntact(json)) {
        throw new IOException("its content is not what was written");
      }
      return StrictResults.read(json, Verification.class, SCHEMA);
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.STORE_CORRUPT,
          file
              + " is no verification ("
              + Words.line(e.getMessage())
              + "). Write it anew by 'nepenthe verify --out'.",
          e);
    }
  }
}
