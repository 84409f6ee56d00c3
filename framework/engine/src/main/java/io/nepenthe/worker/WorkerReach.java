package io.nepenthe.worker;

import io.nepenthe.corpus.CorpusPlaces;
import io.nepenthe.data.rows.RowsDataSpec;
import io.nepenthe.original.CheckpointStore;
import io.nepenthe.original.TrainingPlan;
import io.nepenthe.sandbox.Reach;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a request lets its worker reach: Java, the jar, the model and its rows; no run, no cache.
 */
public final class WorkerReach {
  private WorkerReach() {}

  /**
   * Returns it.
   *
   * @param own the worker's folder for temporary files
   */
  static Reach of(WorkerRequest request, Path own) throws IOException {
    List<Path> readable = new ArrayList<>(WorkerJvm.files(WorkerJvm.classPath()));
    List<Path> writable = new ArrayList<>();
    boolean usesGpu = false;
    if (request instanceof WorkerRequest.Mitigate mitigate) {
      readable.addAll(readable(mitigate.job()));
      writable.add(Path.of(mitigate.folder()));
      usesGpu = usesGpu(mitigate.job().plan());
    } else if (request instanceof WorkerRequest.Train train) {
      request.jar().map(Path::of).ifPresent(readable::add);
      readable.addAll(rows(train.plan(), train.corpora()));
      Path folder = new CheckpointStore(Path.of(train.cache()), train.plan()).folder();
      Files.createDirectories(folder);
      writable.add(folder);
      usesGpu = usesGpu(train.plan());
    }
    return new Reach(own, readable, writable, usesGpu);
  }

  /** Returns what a method on a model reads: its jar, the model, earlier ones, and their rows. */
  public static List<Path> readable(WorkerRequest.MitigationJob job) {
    List<Path> readable =
        new ArrayList<>(List.of(Path.of(job.plugin()), Path.of(job.checkpoint())));
    job.earlier().values().stream().map(Path::of).forEach(readable::add);
    readable.addAll(rows(job.plan(), job.corpora()));
    return readable;
  }

  /** Returns true if what a plan says computes on a GPU. */
  public static boolean usesGpu(TrainingPlan plan) {
    return !"cpu".equals(plan.device());
  }

  private static List<Path> rows(TrainingPlan plan, CorpusPlaces corpora) {
    List<Path> places = new ArrayList<>(corpora.roots());
    places.add(corpora.tokens());
    if (plan.task().data() instanceof RowsDataSpec rows) {
      places.add(Path.of(rows.folder()));
    }
    return places;
  }
}
