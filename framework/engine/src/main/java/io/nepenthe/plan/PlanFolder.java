package io.nepenthe.plan;

import io.nepenthe.files.AtomicFiles;
import io.nepenthe.files.Folders;
import io.nepenthe.json.Json;
import io.nepenthe.pluginhost.KeptPlugins;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.run.RunPlan;
import io.nepenthe.run.WorkUnit;
import io.nepenthe.run.WorkUnits;
import io.nepenthe.runstore.OwnFolder;
import io.nepenthe.runstore.RunFile;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.SharedRun;
import io.nepenthe.runstore.StrictResults;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A plan on disk: the definition of a run, as a run's folder holds it, with its jars; and the units
 * it is done in, a line of {@code units.jsonl} each. All that a machine needs beside it is the
 * program and the models that a unit stands on.
 */
public final class PlanFolder {
  /** The units, a line each. */
  public static final String UNITS = "units.jsonl";

  private static final String MANIFEST = "units.json";
  private static final String DEFINITION = "run.json";

  private final Path folder;
  private final RunFile run;
  private final PlanFile file;
  private final @Nullable List<WorkUnit> units; // as long as nobody asks, they stay on disk

  private PlanFolder(Path folder, RunFile run, PlanFile file, @Nullable List<WorkUnit> units) {
    this.folder = folder;
    this.run = run;
    this.file = file;
    this.units = units;
  }

  /**
   * Writes a plan into a folder that is missing, empty, or holds the same plan.
   *
   * @param plan of jars, which are copied
   * @param here where and with what it is planned
   */
  public static PlanFolder write(RunPlan plan, Provenance here, Path folder) {
    OwnFolder.require(
        folder,
        "plan",
        "--out",
        place -> OwnFolder.saysSchema(place.resolve(MANIFEST), "nepenthe-units"));
    RunFile run = RunFile.of(plan.suite(), plan.definition(), Map.of(), here);
    if (Files.exists(folder.resolve(MANIFEST))) {
      return same(read(folder, line -> {}), run);
    }
    List<WorkUnit> units = WorkUnits.of(plan);
    try {
      Folders.write(folder, place -> fill(place, plan, run, units));
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO, "cannot write a plan to " + folder + " (" + e + ")", e);
    }
    return new PlanFolder(folder, run, manifest(folder.resolve(MANIFEST)), units);
  }

  private static void fill(Path folder, RunPlan plan, RunFile run, List<WorkUnit> units)
      throws IOException {
    plan.plugins().forEach(new KeptPlugins(folder)::keep);
    new RunStore(folder, line -> {}).put(run);
    write(units, folder.resolve(UNITS));
    PlanFile file = PlanFile.of(run, units, ContentHash.ofFile(folder.resolve(UNITS)));
    AtomicFiles.write(folder.resolve(MANIFEST), Json.pretty(StrictResults.seal(file)));
  }

  private static PlanFolder same(PlanFolder there, RunFile run) {
    if (!there.file.definition().equals(PlanFile.hash(run))) {
      throw new NepentheException(
          ErrorCode.BAD_USAGE,
          there.folder
              + " holds the plan of another suite, or of other jars, which machines may be at. Give"
              + " --out another folder.");
    }
    return there;
  }

  private static void write(List<WorkUnit> units, Path place) throws IOException {
    try (BufferedWriter lines = Files.newBufferedWriter(place)) {
      for (WorkUnit unit : units) {
        lines.write(Json.line(unit));
        lines.write('\n');
      }
    }
  }

  /**
   * Reads a plan, and checks it by its hashes.
   *
   * @throws NepentheException with STORE_CORRUPT if it is none, damaged, or not all there
   */
  public static PlanFolder read(Path folder, Consumer<String> warnings) {
    Path manifest = folder.resolve(MANIFEST);
    if (!Files.isRegularFile(manifest)) {
      throw new NepentheException(
          ErrorCode.STORE_CORRUPT,
          folder
              + " holds no plan: there is no "
              + MANIFEST
              + ". Give the folder that 'plan' wrote.");
    }
    RunFile run = new RunStore(folder, warnings).definition();
    PlanFile file = manifest(manifest);
    if (!PlanFile.hash(run).equals(file.definition())) {
      throw damaged(folder, DEFINITION + " is not the one that was planned");
    }
    if (!Files.isRegularFile(folder.resolve(UNITS))
        || !ContentHash.ofFile(folder.resolve(UNITS)).equals(file.sha256())) {
      throw damaged(folder, UNITS + " is not what was written");
    }
    return new PlanFolder(folder, run, file, null);
  }

  private static PlanFile manifest(Path manifest) {
    try {
      var json = Json.mapper().readTree(Files.readAllBytes(manifest));
      if (!StrictResults.isIntact(json)) {
        throw damaged(manifest.getParent(), MANIFEST + " is not what was written");
      }
      return StrictResults.read(json, PlanFile.class, PlanFile.SCHEMA);
    } catch (IOException e) {
      throw damaged(manifest.getParent(), MANIFEST + " cannot be read: " + e.getMessage());
    }
  }

  private static NepentheException damaged(Path folder, String why) {
    return new NepentheException(
        ErrorCode.STORE_CORRUPT,
        "the plan in "
            + folder
            + " is damaged, or not all there yet ("
            + why
            + "). Copy the folder once more.");
  }

  /** Returns the folder. */
  public Path folder() {
    return folder;
  }

  /** Returns where results go if nothing else is said. */
  public Path usualRun() {
    return folder.resolve("run");
  }

  /**
   * Opens a folder that is to receive results of the plan, from whatever machine.
   *
   * @throws NepentheException with BAD_USAGE if it holds results of another plan
   */
  public SharedRun open(Path results, Consumer<String> warnings) {
    SharedRun opened = new SharedRun(results, folder.resolve(DEFINITION), warnings);
    if (!isOf(opened.definition())) {
      throw new NepentheException(
          ErrorCode.BAD_USAGE,
          results
              + " holds results of another plan than "
              + folder
              + ": another suite, or other jars. Give --run another folder.");
    }
    return opened;
  }

  /** Returns true if a run is the planned one. */
  boolean isOf(RunFile other) {
    return PlanFile.hash(other).equals(file.definition());
  }

  /** Returns what is run. */
  public RunFile definition() {
    return run;
  }

  /** Returns what the folder holds. */
  public PlanFile file() {
    return file;
  }

  /** Returns what is run, of the jars that the folder holds. */
  public RunPlan plan() {
    return RunPlan.of(run.suite(), RunPlan.keptPlugins(run, folder));
  }

  /**
   * Refuses to do units with another program than planned them.
   *
   * @param here where and with what they would be done
   */
  public void requireProgram(Provenance here) {
    PlanFile.Program own = PlanFile.Program.of(here);
    if (!own.mayBe(file.program())) {
      throw new NepentheException(
          ErrorCode.BAD_SUITE,
          "the plan in %s was made by another program (%s) than this one (%s): results of two do not compare. Use that one, or plan anew; results that are there are kept."
              .formatted(folder, file.program(), own));
    }
  }

  /**
   * Returns units by their indices, rising.
   *
   * @throws NepentheException with BAD_USAGE if there is no unit of one of them
   */
  public List<WorkUnit> units(SortedSet<Integer> indices) {
    if (indices.isEmpty() || indices.first() < 0 || indices.last() >= file.units()) {
      throw new NepentheException(
          ErrorCode.BAD_USAGE,
          "--index is %s, the plan in %s has units 0 to %d."
              .formatted(indices.isEmpty() ? "empty" : indices.last(), folder, file.units() - 1));
    }
    List<WorkUnit> units = new ArrayList<>();
    forEach(
        (index, line) -> {
          if (indices.contains(index)) {
            units.add(unit(line));
          }
        });
    return units;
  }

  /** Returns all units. */
  public List<WorkUnit> units() {
    if (units != null) {
      return units;
    }
    List<WorkUnit> all = new ArrayList<>();
    forEach((index, line) -> all.add(unit(line)));
    return all;
  }

  private interface Line {
    void is(int index, String line);
  }

  private void forEach(Line reader) {
    try (BufferedReader lines = Files.newBufferedReader(folder.resolve(UNITS))) {
      int index = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        reader.is(index++, line);
      }
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO, "cannot read " + folder.resolve(UNITS) + " (" + e + ")", e);
    }
  }

  /**
   * A line names numbers as JSON does; the method's own types are those that results are named by.
   */
  private WorkUnit unit(String line) {
    try {
      WorkUnit unit = Json.mapper().readValue(line, WorkUnit.class);
      return unit.method() == null ? unit : unit.with(typed(unit.method(), unit.points()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Map<String, Number>> typed(String id, List<Map<String, Number>> points) {
    return run.methods().stream()
        .filter(method -> method.id().equals(id))
        .flatMap(method -> points.stream().map(method::typed))
        .toList();
  }
}
