package io.nepenthe.cli;

import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.scaffold.Scaffold;
import io.nepenthe.scaffold.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the project of a new method. */
@Command(
    name = "new",
    description = {
      "Writes the project of a new method, which builds and runs before a line is written.",
      "The guide docs/writing-a-method.md goes through its files."
    },
    mixinStandardHelpOptions = true)
final class NewPluginCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "The method's id: lower-case words joined by hyphens.")
  private String id = "";

  @Option(
      names = "--family",
      required = true,
      paramLabel = "F",
      description =
          "Regularizer, fine-tuning, unlearning, or localized-unlearning: one that first finds where"
              + " to edit.")
  private String family = "";

  @Option(names = "--out", paramLabel = "DIR", description = "Folder to make (default: ID).")
  private @Nullable Path out;

  @Option(
      names = "--group",
      paramLabel = "G",
      defaultValue = "org.example",
      description =
          "Maven's groupId, with which the package's name begins (default: ${DEFAULT-VALUE}).")
  private String group = "";

  @Option(
      names = "--author",
      paramLabel = "A",
      defaultValue = "The Author",
      description = "Who wrote it: its jar says so (default: ${DEFAULT-VALUE}).")
  private String author = "";

  @Option(
      names = "--licence",
      paramLabel = "L",
      defaultValue = "Apache-2.0",
      description = "SPDX identifier of its licence (default: ${DEFAULT-VALUE}).")
  private String licence = "";

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    Scaffold scaffold = new Scaffold(id, Shape.of(family), group, author, licence);
    requireNew(id);
    NewFolder folder = new NewFolder("--out", out == null ? Path.of(id) : out);
    folder.requireFree();
    Map<String, String> files = scaffold.files();
    folder.write(made -> write(files, made));
    Map<String, Object> written = new LinkedHashMap<>();
    written.put("folder", folder.path().toString());
    written.put("files", files.keySet());
    json.print(written, text(folder.given()));
    return 0;
  }

  private static void requireNew(String id) {
    Optional<InstalledPlugin> shipped = Places.plugins(null).find(id);
    if (shipped.isPresent()) {
      throw new NepentheException(
          ErrorCode.BAD_USAGE,
          "the id '" + id + "' is a method of Nepenthe's own. Choose another.");
    }
  }

  private static void write(Map<String, String> files, Path folder) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  private String text(Path folder) {
    return """
        The method %s is in %s. It builds and runs as it is:
          mvn -f %s package
          ./nepenthe run quick --add %s --plugins %s
        Maven must know Nepenthe's artifacts: docs/writing-a-method.md says how, and what each file is for.
        """
        .formatted(id, folder, folder.resolve("pom.xml"), id, folder.resolve("target"));
  }
}
