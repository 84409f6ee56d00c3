package io.nepenthe.cli;

import io.nepenthe.files.Folders;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.provenance.ProvenanceReader;
import io.nepenthe.run.RunSettings;
import io.nepenthe.submission.RuleResult;
import io.nepenthe.submission.SigningKey;
import io.nepenthe.submission.Verification;
import io.nepenthe.submission.Verifier;
import io.nepenthe.suite.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Judges an archive of somebody else, rule by rule. */
@Command(
    name = "verify",
    description = {
      "Checks an archive that 'nepenthe submit' wrote, rule by rule, and changes nothing. "
          + "With --rerun, a random sample of its trials is run again.",
      "Exits with 0 if all rules hold, with 13 if one is broken, with 14 if a question is open."
    },
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
  private static final int SEEDS = 1_000_000_000;

  @Parameters(index = "0", paramLabel = "ARCHIVE", description = "The archive.")
  private Path archive = Path.of(".");

  @Option(
      names = "--suite",
      paramLabel = "SUITE",
      description =
          "Name of the suite that is meant, or path of a .yaml file (default: the suite here that"
              + " has the name of the run's).")
  private @Nullable String suite;

  @Option(
      names = "--rerun",
      paramLabel = "N",
      description = "Run so many trials again, or all if there are not so many (default: none).")
  private int rerun;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Seed by which these are drawn (default: one that nobody knows before).")
  private @Nullable Long seed;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "A public key: the archive must be signed by it, or by another one so named.")
  private List<Path> keys = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Also write the verification there, for a board.")
  private @Nullable Path out;

  @Mixin private WorkerOption workers = new WorkerOption();
  @Mixin private SandboxOption sandbox = new SandboxOption();
  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    if (rerun < 0) {
      throw Usage.of("verify", "--rerun is " + rerun + ", must be at least 0");
    }
    Verifier verifier =
        new Verifier(
            this::suite,
            Places.plugins(null),
            keys.stream().map(SigningKey::readPublic).toList(),
            ProvenanceReader.read(Places.home(), "cpu", 1));
    Verification verification = rerun == 0 ? verifier.verify(archive, null) : again(verifier);
    if (out != null) {
      verification.write(out);
    }
    json.print(verification, text(verification));
    return verification.error().map(ErrorCode::exitCode).orElse(0);
  }

  private Optional<Suite> suite(String name) {
    if (suite != null) {
      return Optional.of(Places.suites().read(suite));
    }
    return Places.suites().names().contains(name)
        ? Optional.of(Places.suites().read(name))
        : Optional.empty();
  }

  private Verification again(Verifier verifier) {
    sandbox.containment(); // refuses before the work, if it must
    Path folder = null;
    try (Console console = new Console()) {
      folder = Files.createTempDirectory("nepenthe-rerun-");
      Path results = folder;
      long drawn = seed == null ? new SecureRandom().nextInt(SEEDS) : seed;
      return verifier.verify(
          archive,
          new Verifier.Sample(
              rerun,
              drawn,
              run ->
                  new RunSettings(
                      results, Places.cache(), Places.home(), workers.on(run, sandbox), false),
              console));
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO, "cannot make a temporary folder (" + e + "). Free some space.", e);
    } finally {
      delete(folder);
    }
  }

  private static void delete(@Nullable Path folder) {
    try {
      if (folder != null) {
        Folders.delete(folder);
      }
    } catch (IOException e) {
      // only a temporary folder
    }
  }

  private static String text(Verification verification) {
    StringBuilder text = new StringBuilder();
    for (RuleResult rule : verification.rules()) {
      String verdict = rule.verdict().id().toUpperCase(Locale.ROOT);
      String word = rule.rule().id();
      for (String found : rule.found()) {
        text.append(String.format("%-9s %-10s %s%n", verdict, word, found));
        verdict = "";
        word = "";
      }
      if (!rule.advice().isEmpty()) {
        text.append(String.format("%-9s %-10s -> %s%n", "", "", rule.advice()));
      }
    }
    if (verification.rerun() != null && verification.rerun().sandbox() != null) {
      text.append("sandbox: ").append(verification.rerun().sandbox().words()).append("\n");
    }
    text.append(verification.verdict());
    if (verification.tier() != null) {
      text.append(", tier ").append(verification.tier());
    }
    return text.append(", SHA-256 ").append(verification.sha256()).append("\n").toString();
  }
}
