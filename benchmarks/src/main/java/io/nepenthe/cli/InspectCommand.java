package io.nepenthe.cli;

import io.nepenthe.data.ArtifactRows;
import io.nepenthe.data.Sequences;
import io.nepenthe.data.TaskData;
import io.nepenthe.data.Window;
import io.nepenthe.json.Json;
import io.nepenthe.judge.Judge;
import io.nepenthe.original.Checkpoint;
import io.nepenthe.run.RunPlan;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TaskSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes an original model and all rows of a task, for checking with other tools. */
@Command(
    name = "inspect",
    description = {
      "Writes the original model of a task and seed as a Hugging Face folder, and every data set as",
      "CSV: one row of token ids per sequence. windows.csv has prompt and compare of each row of",
      "artifacts.csv, copies.csv how often training repeats it. A task that renumbers the ids also",
      "has vocabulary.csv: the tokenizer's id for each of its own. 'nepenthe score' and 'nepenthe apply' read",
      "the files: forget.csv is --forget, retain.csv --retain, planted-twins.csv --twins, extra.csv",
      "--extra."
    },
    mixinStandardHelpOptions = true)
final class InspectCommand implements Callable<Integer> {
  @Mixin private SuiteOptions suite = new SuiteOptions();

  @Option(names = "--task", paramLabel = "T", required = true, description = "Id of a task.")
  private String task = "";

  @Option(names = "--seed", paramLabel = "S", required = true, description = "A run seed.")
  private long seed;

  @Mixin private OutOption out = new OutOption();

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    Suite chosen = suite.read();
    TaskSpec spec = RunPlan.withoutMethods(chosen).task(task);
    out.folder().requireFree();
    try (Console console = new Console()) {
      Checkpoint checkpoint = Originals.trained(chosen, spec, seed, console);
      Judge judge = new Judge(spec, seed, chosen.quirks(), chosen.device());
      Judge.Verdict verdict = judge.measure(checkpoint);
      Map<String, Object> description = new LinkedHashMap<>();
      description.put("suite", chosen.name());
      description.put("task", spec.id());
      description.put("seed", seed);
      description.put("fidelity", chosen.fidelity());
      description.put("window", spec.window());
      description.put("padding", judge.data().padding());
      description.put("trainedLength", judge.data().trainedLength(chosen.quirks()));
      description.put("training", spec.training());
      description.put("scores", verdict.scores());
      out.folder()
          .write(
              folder -> {
                copyModel(checkpoint, folder.resolve("model"));
                writeRows(chosen, spec, judge.data(), verdict.memorizedRows(), folder);
                Files.writeString(folder.resolve("inspect.json"), Json.pretty(description));
              });
      json.print(description, out.folder().path() + "\n");
      return 0;
    }
  }

  private static void copyModel(Checkpoint checkpoint, Path model) throws IOException {
    Files.createDirectories(model);
    for (String file : checkpoint.record().sha256().keySet()) {
      Files.copy(checkpoint.folder().resolve(file), model.resolve(file));
    }
  }

  private static void writeRows(
      Suite chosen, TaskSpec spec, TaskData data, List<Integer> memorized, Path folder)
      throws IOException {
    ArtifactRows scored = data.scored();
    int[] forget = memorized.stream().mapToInt(Integer::intValue).toArray();
    csv(folder, "train", data.train());
    csv(folder, "artifacts", scored.artifacts());
    csv(folder, "twins", scored.twins());
    csv(folder, "forget", scored.artifacts().select(forget));
    csv(folder, "retain", data.retain(chosen.quirks()));
    csv(folder, "planted", data.planted());
    csv(folder, "planted-twins", data.plantedTwins());
    csv(folder, "extra", data.extra());
    for (Map.Entry<String, Sequences> test : data.tests().entrySet()) {
      csv(folder, "test-" + test.getKey(), test.getValue());
    }
    csv(folder, "windows", windows(scored.windows()));
    csv(folder, "copies", column(scored.copies()));
    List<Integer> renumbered = spec.renumberedIds();
    if (!renumbered.isEmpty()) {
      csv(folder, "vocabulary", column(renumbered));
    }
  }

  private static Sequences column(List<Integer> numbers) {
    return Sequences.of(1, numbers.size(), (row, position) -> numbers.get(row));
  }

  private static Sequences windows(List<Window> windows) {
    return Sequences.of(2, windows.stream().map(w -> new int[] {w.prompt(), w.compare()}).toList());
  }

  private static void csv(Path folder, String name, Sequences rows) throws IOException {
    rows.writeCsv(folder.resolve(name + ".csv"));
  }
}
