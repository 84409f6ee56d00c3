package io.nepenthe.leaderboard;

import io.nepenthe.runstore.RunMethod;
import io.nepenthe.summary.StoredRun;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An archive that lies in a board's folder, and what became of it.
 *
 * @param file its name
 * @param date on which it came
 * @param sha256 hash of the file
 * @param statement what the submitter says; null if the archive cannot be read
 * @param signer whose listed key signed it; empty if none did
 * @param methods as the run that it holds had them; empty if it cannot be read
 * @param run what it holds; null if it cannot be read
 * @param tier how far it was verified
 * @param verification where and by what it was, in words; empty if nobody verified it
 * @param answer of the maintainer to the questions that it left open; null if there is none
 * @param refusals why nothing of it takes a place; empty if it may
 */
public record BoardArchive(
    String file,
    String date,
    String sha256,
    @Nullable Statement statement,
    String signer,
    List<RunMethod> methods,
    @Nullable StoredRun run,
    Tier tier,
    String verification,
    @Nullable String answer,
    List<String> refusals) {
  /** Copies the lists. */
  public BoardArchive {
    methods = List.copyOf(methods);
    refusals = List.copyOf(refusals);
  }

  /**
   * What the submitter says.
   *
   * @param author who answers for the results
   * @param contact an address
   * @param licence of the jar, as an SPDX expression
   * @param paper what to cite; null if nothing
   * @param url where to read more; null if nowhere
   */
  public record Statement(
      String author,
      String contact,
      String licence,
      @Nullable String paper,
      @Nullable String url) {}

  /** Returns an archive that cannot be read. */
  public static BoardArchive unreadable(BoardDefinition.Listed listed, String why) {
    return new BoardArchive(
        listed.file(),
        listed.date(),
        listed.sha256(),
        null,
        "",
        List.of(),
        null,
        Tier.UNCHECKED,
        "",
        listed.answer(),
        List.of(why));
  }

  String author() {
    return statement == null ? "" : statement.author();
  }

  /** Returns a method of its run, by the jar. */
  Optional<RunMethod> method(String id, String jar) {
    return methods.stream()
        .filter(each -> each.id().equals(id) && each.sha256().equals(jar))
        .findFirst();
  }

  /** Returns it as a submission; empty if it cannot be read. */
  Optional<SubmittedRun> submission(Tier lowest) {
    if (run == null) {
      return Optional.empty();
    }
    return Optional.of(
        new SubmittedRun(
            file, signer.isEmpty() ? author() : signer + " (signed)", run, tier, why(lowest)));
  }

  /** Returns why nothing of it takes a place, where a board asks for a tier. */
  List<String> why(Tier lowest) {
    if (!refusals.isEmpty() || tier.compareTo(lowest) >= 0) {
      return refusals;
    }
    return List.of("it is " + tier.id() + ", this board asks for " + lowest.id());
  }
}
