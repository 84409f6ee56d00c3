package io.nepenthe.cli;

import ai.djl.ndarray.NDManager;
import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.json.Json;
import io.nepenthe.judge.Judge;
import io.nepenthe.original.Checkpoint;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.run.RunPlan;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.task.ArtifactRows;
import io.nepenthe.task.TaskData;
import io.nepenthe.tensor.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes an original model and all rows of a task, for checking with other tools. */
@Command(
    name = "inspect",
    description = {
      "Writes the original model of a task and seed as a Hugging Face folder, and every data set "
          + "as CSV.",
      "A line is a sequence: its token ids. windows.csv has prompt and compare of each row of "
          + "artifacts.csv, copies.csv how often training repeats it, eligible.csv whether it "
          + "counts (1) or not (0), and prompts.csv, where there is one, begins with what it is "
          + "prompted with in place of its twin. A task that renumbers the ids also has vocabulary.csv: the "
          + "tokenizer's id for each of its own.",
      "Prints the call of 'nepenthe score' that gives the scores of the run. 'nepenthe apply' "
          + "reads the files too: forget.csv is --forget, forget-windows.csv --windows, forget-twins.csv "
          + "--forget-twins, retain.csv --retain, planted-twins.csv --twins, extra.csv --extra."
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
      Judge judge = new Judge(spec, seed, chosen.quirks());
      Judge.Verdict verdict = measured(judge, checkpoint, chosen.device());
      Map<String, Object> description = new LinkedHashMap<>();
      description.put("suite", chosen.name());
      description.put("task", spec.id());
      description.put("seed", seed);
      description.put("fidelity", chosen.fidelity());
      description.put("window", spec.window());
      description.put("padding", judge.data().padding());
      description.put("trainedLength", judge.data().trainedLength(chosen.quirks()));
      if (spec.computeType() != null) {
        description.put("computeType", spec.computeType());
      }
      description.put("training", spec.training());
      description.put("scores", verdict.scores());
      List<String> scoring = scoring(chosen, spec, judge.data());
      description.put("score", scoring);
      out.folder()
          .write(
              folder -> {
                copyModel(checkpoint, folder.resolve("model"));
                writeRows(chosen, spec, judge.data(), verdict.memorizedRows(), folder);
                Files.writeString(folder.resolve("inspect.json"), Json.pretty(description));
              });
      json.print(
          description,
          out.folder().path()
              + "\n"
              + scoring.stream().map(InspectCommand::quoted).collect(Collectors.joining(" "))
              + "\n");
      return 0;
    }
  }

  private static Judge.Verdict measured(Judge judge, Checkpoint checkpoint, String device) {
    try (NDManager manager = Torch.newManager(Torch.device(device))) {
      return judge.measure(checkpoint, manager);
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
    if (hasOwnPrompts(scored)) {
      csv(folder, "prompts", scored.prompts());
    }
    csv(folder, "forget", scored.artifacts().select(forget));
    csv(folder, "forget-twins", scored.twins().select(forget));
    int trained = data.trainedLength(chosen.quirks());
    csv(
        folder,
        "forget-windows",
        windows(
            Arrays.stream(forget)
                .mapToObj(row -> scored.windows().get(row).within(trained))
                .toList()));
    csv(folder, "retain", data.retain(chosen.quirks()));
    csv(folder, "planted", data.planted());
    csv(folder, "planted-twins", data.plantedTwins());
    csv(folder, "extra", data.extra());
    for (Map.Entry<String, Sequences> test : data.tests().entrySet()) {
      csv(folder, "test-" + test.getKey(), test.getValue());
    }
    csv(folder, "windows", windows(scored.windows()));
    csv(folder, "copies", column(scored.copies()));
    csv(
        folder,
        "eligible",
        column(scored.eligible().stream().map(counts -> counts ? 1 : 0).toList()));
    List<Integer> renumbered = spec.renumberedIds();
    if (!renumbered.isEmpty()) {
      csv(folder, "vocabulary", column(renumbered));
    }
  }

  /** Returns the call that scores what is written here as a run does. */
  private List<String> scoring(Suite chosen, TaskSpec spec, TaskData data) {
    List<String> call = new ArrayList<>(List.of("nepenthe", "score", "--model", path("model")));
    List<String> judged =
        new ArrayList<>(List.of("artifacts", "twins", "windows", "copies", "eligible"));
    if (hasOwnPrompts(data.scored())) {
      judged.add("prompts");
    }
    for (String known : judged) {
      call.addAll(List.of("--" + known, path(known + ".csv")));
    }
    for (String test : data.tests().keySet()) {
      call.addAll(List.of("--rows", path("test-" + test + ".csv")));
    }
    if (spec.computeType() != null) {
      call.addAll(List.of("--compute-type", spec.computeType().inConfig()));
    }
    int banned = spec.vocabulary().neverEmitted();
    if (chosen.quirks().contains(Quirk.END_TOKEN_BAN) && banned >= 0) {
      call.addAll(List.of("--ban", Integer.toString(banned)));
    }
    if (chosen.quirks().contains(Quirk.BATCH_MEAN_ACCURACY)) {
      call.add("--batch-mean");
    }
    return call;
  }

  private static boolean hasOwnPrompts(ArtifactRows rows) {
    return !rows.prompts().equals(rows.twins());
  }

  private String path(String file) {
    return out.folder().path().resolve(file).toString();
  }

  /** Quotes a word for a POSIX shell, if need be. */
  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
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
