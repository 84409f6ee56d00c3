package io.nepenthe.cli;

import io.nepenthe.protocol.ContentHash;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.submission.SigningKey;
import io.nepenthe.submission.Statement;
import io.nepenthe.submission.SubmissionArchive;
import io.nepenthe.submission.SubmissionWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Packs a run for somebody else. */
@Command(
    name = "submit",
    description = {
      "Packs a complete run into one archive: results, definition, jars, what it was made with, "
          + "and who answers for it.",
      "The run is left as it is. What it lacks is named, and then nothing is packed."
    },
    mixinStandardHelpOptions = true)
final class SubmitCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "RUN", description = "The --out folder of the run.")
  private Path folder = Path.of(".");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "Short name of the submission: lower-case letters, digits, dots and hyphens (default: the"
              + " name of the folder).")
  private @Nullable String name;

  @Option(
      names = "--author",
      paramLabel = "WHO",
      required = true,
      description = "Who answers for the results.")
  private String author = "";

  @Option(
      names = "--licence",
      paramLabel = "SPDX",
      required = true,
      description = "Licence of your methods' jars, as an SPDX expression, like Apache-2.0.")
  private String licence = "";

  @Option(
      names = "--contact",
      paramLabel = "WHERE",
      required = true,
      description = "A mail address, or an http(s) address.")
  private String contact = "";

  @Option(names = "--paper", paramLabel = "WORDS", description = "What to cite for the methods.")
  private @Nullable String paper;

  @Option(names = "--url", paramLabel = "URL", description = "Where to read more.")
  private @Nullable String url;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "Sign it by this private key, which 'nepenthe keys new' made.")
  private @Nullable Path key;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "The archive, outside of the run (default: NAME" + SubmissionArchive.SUFFIX + ").")
  private @Nullable Path out;

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    SubmissionWriter writer = new SubmissionWriter(new RunStore(folder, Console::warn));
    String called =
        name == null ? folder.toAbsolutePath().normalize().getFileName().toString() : name;
    Path archive = out == null ? Path.of(called + SubmissionArchive.SUFFIX) : out;
    writer.write(
        archive,
        new Statement(called, author, licence, contact, paper, url),
        key == null ? null : SigningKey.read(key));
    Map<String, Object> written = new LinkedHashMap<>();
    written.put("archive", archive.toString());
    written.put("sha256", ContentHash.ofFile(archive));
    json.print(
        written,
        archive
            + "\nSHA-256 "
            + written.get("sha256")
            + "\nNext: nepenthe verify "
            + archive
            + "\n");
    return 0;
  }
}
