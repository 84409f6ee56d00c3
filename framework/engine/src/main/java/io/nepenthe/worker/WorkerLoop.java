package io.nepenthe.worker;

import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.corpus.Corpora;
import io.nepenthe.corpus.CorpusPlaces;
import io.nepenthe.json.Json;
import io.nepenthe.machine.DaemonTimer;
import io.nepenthe.machine.DeviceMemory;
import io.nepenthe.machine.Impediment;
import io.nepenthe.machine.PeakMemory;
import io.nepenthe.model.SpecialIds;
import io.nepenthe.model.Weights;
import io.nepenthe.original.RegularizerUse;
import io.nepenthe.original.TrainingJob;
import io.nepenthe.original.TrainingPlan;
import io.nepenthe.original.TrainingSetup;
import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.pluginhost.LoadedPlugin;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.runstore.TrialTime;
import io.nepenthe.tensor.Torch;
import io.nepenthe.wording.Words;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one request and answers it. There is no second: what a method leaves in this process, be it
 * threads, memory, statics or settings of Java and torch, must reach no other.
 */
final class WorkerLoop {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerLoop.class);
  private static final Duration BETWEEN_PROGRESS = Duration.ofMillis(200);

  private final PrintStream answers;
  private final String token;
  private final BlockingQueue<String> requests;
  private long lastProgress;

  WorkerLoop(PrintStream answers, String token, BlockingQueue<String> requests) {
    this.answers = answers;
    this.token = token;
    this.requests = requests;
  }

  void run() throws IOException {
    Corpora.tell(line -> answer(new WorkerAnswer.Preparing(line)));
    WorkerRequest request = next();
    try {
      double busySeconds = 0;
      if (request instanceof WorkerRequest.Train train) {
        busySeconds = train(train);
      } else if (request instanceof WorkerRequest.Mitigate mitigate) {
        busySeconds = mitigate(mitigate);
      }
      answer(new WorkerAnswer.Done(busySeconds));
    } catch (Throwable e) { // whatever a method throws, its words are to be heard
      log("request failed", e);
      answer(
          Impediment.ends(e)
              ? new WorkerAnswer.Impeded(reason(e))
              : new WorkerAnswer.Failed(reason(e)));
    }
  }

  private WorkerRequest next() throws IOException {
    try {
      return WorkerMain.parse(requests.take());
    } catch (InterruptedException e) {
      Thread.interrupted(); // a plugin interrupted this thread: the request is still to come
      return next();
    }
  }

  private double train(WorkerRequest.Train request) {
    long start = System.nanoTime();
    TrainingPlan plan = request.plan();
    prepare(plan, request.corpora());
    new TrainingJob(
            plan,
            () -> begun(plan),
            Path.of(request.cache()),
            this::progressed,
            with -> answer(new WorkerAnswer.Preparing(with)))
        .run();
    return (System.nanoTime() - start) / 1e9;
  }

  private TrainingSetup begun(TrainingPlan plan) {
    answer(new WorkerAnswer.Begun());
    RegularizerUse use = plan.regularizer();
    return use == null ? TrainingSetup.plain(plan) : RegularizerSetup.of(plan, use);
  }

  /** Makes of this process what the request expects, whoever started it. */
  private static void prepare(TrainingPlan plan, CorpusPlaces corpora) {
    Torch.useThreads(plan.threads());
    corpora.adopt();
  }

  private double mitigate(WorkerRequest.Mitigate request) throws IOException {
    Path jar = Path.of(request.job().plugin());
    Path folder = Path.of(request.folder());
    prepare(request.job().plan(), request.job().corpora());
    LoadedPlugin.requireUnchanged(jar, request.job().pluginSha256()); // no fault of the method
    MethodDescriptor descriptor = PluginCatalog.descriptor(jar);
    PeakMemory.reset();
    Original original = Original.of(request.job(), descriptor.allNeeds());
    ProgressGauge gauge = new ProgressGauge();
    try (DeviceMemory device = DeviceMemory.watch(request.job().plan().device());
        MitigationRunner runner = new MitigationRunner(original, gauge);
        DaemonTimer teller =
            new DaemonTimer("progress", BETWEEN_PROGRESS, () -> gauge.tell(this::told))) {
      Objects.requireNonNull(teller);
      Corpora.tell(line -> {}); // nothing static is to lead to this
      answer(new WorkerAnswer.Begun());
      MitigationMethod<?> method = LoadedPlugin.method(jar, request.job().pluginSha256());
      runner.run(method, request.job().points(), receiver(request, folder, device));
      return runner.busySeconds();
    }
  }

  private MitigationRunner.Receiver receiver(
      WorkerRequest.Mitigate request, Path folder, DeviceMemory device) {
    return new MitigationRunner.Receiver() {
      @Override
      public void localized(double seconds) {
        answer(new WorkerAnswer.Localized(seconds));
      }

      @Override
      public void mitigated(int point, Weights weights, TrialTime time) throws IOException {
        ModelFolder.write(
            folder, request.job().plan().task().architecture(), weights, SpecialIds.NONE);
        answer(new WorkerAnswer.Mitigated(point, time, PeakMemory.bytes(), device.peakBytes()));
        next(); // Continue
      }

      @Override
      public void failed(int point, Throwable cause) {
        log("grid point " + request.job().points().get(point) + " failed", cause);
        if (Impediment.isCauseOf(cause)) {
          throw new NepentheException(
              ErrorCode.IO, reason(cause), cause); // nor do the others go on
        }
        answer(new WorkerAnswer.PointFailed(point, reason(cause)));
      }
    };
  }

  private void progressed(long done, long total) {
    long now = System.nanoTime();
    if (done >= total || now - lastProgress > BETWEEN_PROGRESS.toNanos()) {
      lastProgress = now;
      told(done, total);
    }
  }

  private void told(long done, long total) {
    answer(new WorkerAnswer.Progressed(done, total));
  }

  private synchronized void answer(WorkerAnswer answer) {
    answers.println(token + Json.line(answer));
  }

  private static void log(String what, Throwable e) {
    try {
      LOG.error(what, e);
    } catch (Throwable own) { // a plugin's class may do anything here
      LOG.error("{}, by what cannot be told", what);
    }
  }

  static String reason(Throwable e) {
    String message = Words.line(message(e));
    return e instanceof NepentheException
        ? message
        : e.getClass().getSimpleName() + (message.isEmpty() ? "" : ": " + message);
  }

  private static @Nullable String message(Throwable e) {
    try {
      return e.getMessage();
    } catch (Throwable own) { // a plugin's class may do anything here
      return "its message cannot be read";
    }
  }
}
