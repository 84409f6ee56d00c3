package io.nepenthe.plan;

import io.nepenthe.files.AtomicFiles;
import io.nepenthe.files.Folders;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.run.WorkUnit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files by which a scheduler does a plan: original models, what stands on each as soon as it is
 * there, and the collection.
 */
public final class JobFiles {
  private static final Pattern NAME = Pattern.compile("@([A-Z_0-9]+)@");

  /** Pods at a time; whoever has more machines raises it in the file. */
  private static final int USUAL_PARALLEL = 64;

  private final List<WorkUnit> units;
  private final int originals;
  private final int threads;
  private final Path program;
  private final int mostJobs;
  private final boolean gpu;

  /**
   * Prepares them.
   *
   * @param units of the plan
   * @param threads processors that a unit uses
   * @param program the {@code nepenthe} command, as machines see it
   * @param mostJobs about how many jobs a phase has: where there are more units, a job does several
   * @param gpu whether each job asks for a GPU
   */
  public JobFiles(List<WorkUnit> units, int threads, Path program, int mostJobs, boolean gpu) {
    this.units = List.copyOf(units);
    this.originals = (int) units.stream().filter(WorkUnit::isOriginal).count();
    this.threads = threads;
    this.program = program;
    this.mostJobs = mostJobs;
    this.gpu = gpu;
  }

  /**
   * Writes the files of a scheduler into {@code jobs/} of the plan's folder.
   *
   * @return what to start
   */
  public Path write(Scheduler scheduler, Path folder) {
    Path jobs = folder.resolve("jobs");
    String word = scheduler.name().toLowerCase(Locale.ROOT);
    Path own = jobs.resolve(word);
    try {
      Folders.make(own);
      AtomicFiles.write(jobs.resolve("units.sh"), text("units.sh"));
      AtomicFiles.write(jobs.resolve("dependents.txt"), dependents());
      for (String file : scheduler.files()) {
        AtomicFiles.write(own.resolve(file), text(word + "/" + file));
      }
      return own.resolve(scheduler.files().get(0));
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO, "cannot write job files to " + own + " (" + e + ")", e);
    }
  }

  private String text(String resource) {
    Map<String, String> values = values();
    return NAME.matcher(template(resource))
        .replaceAll(found -> Matcher.quoteReplacement(values.get(found.group(1))));
  }

  private static String template(String resource) {
    try (InputStream in = JobFiles.class.getResourceAsStream("jobs/" + resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }

  private int perJob(int phase) {
    int count = phase == 1 ? originals : units.size() - originals;
    return Math.max(1, (count + mostJobs - 1) / mostJobs);
  }

  /** Returns a line for each job of originals: its number, the first and last unit after it. */
  private String dependents() {
    SortedMap<Integer, IntSummaryStatistics> ranges = new TreeMap<>();
    for (WorkUnit unit : units.subList(originals, units.size())) {
      ranges
          .computeIfAbsent(unit.after().get(0) / perJob(1), job -> new IntSummaryStatistics())
          .accept(unit.index());
    }
    StringBuilder lines = new StringBuilder();
    ranges.forEach(
        (job, range) -> lines.append("%d %d %d\n".formatted(job, range.getMin(), range.getMax())));
    return lines.toString();
  }

  private Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("THREADS", Integer.toString(threads));
    values.put("PROGRAM", program.toString());
    values.put("GPU_SLURM", gpu ? "#SBATCH --gres=gpu:1" : "# no GPU");
    values.put("GPU_PBS", gpu ? ":ngpus=1" : "");
    values.put("GPU_KUBERNETES", gpu ? "nvidia.com/gpu: 1" : "");
    values.put("GPU_NEXTFLOW", gpu ? "\n  accelerator 1" : "");
    put(values, 1, 0, originals);
    put(values, 2, originals, units.size());
    return values;
  }

  private void put(Map<String, String> values, int phase, int from, int to) {
    int jobs = (to - from + perJob(phase) - 1) / perJob(phase);
    values.put("UNITS_" + phase, Integer.toString(to - from));
    values.put("FIRST_" + phase, Integer.toString(from));
    values.put("LAST_" + phase, Integer.toString(to - 1));
    values.put("PER_JOB_" + phase, Integer.toString(perJob(phase)));
    values.put("JOBS_" + phase, Integer.toString(jobs));
    values.put("PARALLEL_" + phase, Integer.toString(Math.min(jobs, USUAL_PARALLEL)));
  }
}
