package io.nepenthe.cli;

import io.nepenthe.leaderboard.BoardArchive;
import io.nepenthe.leaderboard.BoardDefinition;
import io.nepenthe.leaderboard.BoardSite;
import io.nepenthe.leaderboard.KnownJars;
import io.nepenthe.leaderboard.Tier;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.run.RunPlan;
import io.nepenthe.runstore.RunFile;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.submission.Submission;
import io.nepenthe.submission.SubmissionArchive;
import io.nepenthe.submission.SuiteCheck;
import io.nepenthe.submission.Verification;
import io.nepenthe.suite.Suite;
import io.nepenthe.summary.RunReader;
import io.nepenthe.wording.Words;
import io.nepenthe.yaml.YamlFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The folder of a board: {@code board.yaml}, archives, and verifications. Nothing is written there.
 */
final class BoardFolder {
  private final Path folder;
  private final BoardDefinition definition;
  private final Map<String, Suite> suites = new LinkedHashMap<>();
  private final BoardVerifications verifications;
  private final List<String> unreadable = new ArrayList<>();

  BoardFolder(Path folder) {
    this.folder = folder;
    this.definition =
        new YamlFolder<>(folder, "board", BoardDefinition.class)
            .read(folder.resolve(BoardDefinition.FILE).toString());
    PluginCatalog plugins = Places.plugins(null);
    for (String name : definition.suites()) {
      Suite suite =
          RunPlan.resolved(
              Places.suites().read(name.endsWith(".yaml") ? inside(name) : name), plugins);
      suites.put(suite.name(), suite);
    }
    this.verifications = BoardVerifications.in(folder);
  }

  private String inside(String name) {
    Path file = folder.resolve(name).normalize();
    if (!file.startsWith(folder.normalize())) {
      throw new NepentheException(
          ErrorCode.BAD_SUITE, "suite " + name + " is not in the folder of the board");
    }
    return file.toString();
  }

  /** Returns the board of all archives that its definition lists. */
  BoardSite site(KnownJars known) {
    return new BoardSite(
        definition, definition.archives().stream().map(this::archive).toList(), known, seeds());
  }

  /** Returns a line for each archive that is not what the definition says, or cannot be read. */
  List<String> unreadable() {
    return List.copyOf(unreadable);
  }

  /** Returns the names of archives that the definition does not list, sorted. */
  List<String> unlisted() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SubmissionArchive.SUFFIX))
          .filter(
              name -> definition.archives().stream().noneMatch(each -> each.file().equals(name)))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new NepentheException(ErrorCode.IO, "cannot list " + folder + " (" + e + ")", e);
    }
  }

  private Set<Long> seeds() {
    if (definition.seeds() != null) {
      return new TreeSet<>(definition.seeds());
    }
    List<Set<Long>> each =
        suites.values().stream()
            .<Set<Long>>map(suite -> new TreeSet<>(suite.seeds()))
            .distinct()
            .toList();
    if (each.size() != 1) {
      throw new NepentheException(
          ErrorCode.BAD_SUITE,
          folder.resolve(BoardDefinition.FILE)
              + ": the suites have different seeds ("
              + each
              + "). State seeds, those that an entry must have.");
    }
    return each.get(0);
  }

  private BoardArchive archive(BoardDefinition.Listed listed) {
    Path file = folder.resolve(listed.file());
    try {
      if (!Files.isRegularFile(file)) {
        return unreadable(listed, "it is not in the folder");
      }
      if (!ContentHash.ofFile(file).equals(listed.sha256())) {
        return unreadable(listed, "it is not the file that board.yaml lists: its SHA-256 differs");
      }
      try (SubmissionArchive archive = SubmissionArchive.open(file)) {
        return opened(listed, archive);
      }
    } catch (RuntimeException e) { // whatever one archive does to a reader, the others stay
      return unreadable(listed, words(e, folder));
    }
  }

  private BoardArchive opened(BoardDefinition.Listed listed, SubmissionArchive archive) {
    if (!Files.isRegularFile(archive.run().resolve("run.json"))) {
      return unreadable(listed, "it holds no run");
    }
    try {
      return read(listed, archive);
    } catch (RuntimeException e) {
      return unreadable(listed, words(e, archive.run()));
    }
  }

  /** Returns why, without where a folder happens to lie: equal boards have equal sites. */
  private static String words(RuntimeException why, Path folder) {
    return Words.line(why.getMessage()).replace(folder + "/", "").replace(folder.toString(), "it");
  }

  private BoardArchive unreadable(BoardDefinition.Listed listed, String why) {
    unreadable.add(listed.file() + ": " + why);
    return BoardArchive.unreadable(listed, why);
  }

  private BoardArchive read(BoardDefinition.Listed listed, SubmissionArchive archive) {
    RunStore store = archive.store(line -> {}); // what is damaged is missing, and said so
    RunFile run = store.definition();
    Submission said = archive.submission();
    Optional<Verification> verification = verifications.of(listed.sha256());
    String signer = verification.map(Verification::signedBy).flatMap(this::signer).orElse("");
    List<String> refusals = new ArrayList<>(suiteRefusals(run));
    verification.ifPresent(each -> refusals.addAll(VerificationWords.refusals(each, listed)));
    boolean mustSign =
        definition.keys().stream().anyMatch(key -> key.author().equals(said.author()));
    if (mustSign && !signer.equals(said.author())) {
      refusals.add("it says that it is by " + said.author() + ", whose key did not sign it");
    }
    return new BoardArchive(
        listed.file(),
        listed.date(),
        listed.sha256(),
        new BoardArchive.Statement(
            said.author(), said.contact(), said.licence(), said.paper(), said.url()),
        signer,
        run.methods(),
        RunReader.read(store),
        verification.map(VerificationWords::tier).orElse(Tier.UNCHECKED),
        verification.map(VerificationWords::facts).orElse(""),
        listed.answer(),
        refusals);
  }

  private Optional<String> signer(String fingerprint) {
    return definition.keys().stream()
        .filter(key -> key.key().equals(fingerprint))
        .map(BoardDefinition.AuthorKey::author)
        .findFirst();
  }

  private List<String> suiteRefusals(RunFile run) {
    Suite suite = suites.get(run.suite().name());
    return suite == null
        ? List.of(
            "suite "
                + run.suite().name()
                + " does not count on this board ("
                + String.join(", ", suites.keySet())
                + (suites.size() == 1 ? " does)" : " do)"))
        : SuiteCheck.differences(run, suite);
  }
}
