package io.nepenthe.host;

import io.nepenthe.checkpoint.BlockedNgramsFile;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.data.BlockedNgrams;
import io.nepenthe.exchange.HandedRows;
import io.nepenthe.exchange.TrialTime;
import io.nepenthe.exchange.WorkerAnswer;
import io.nepenthe.exchange.WorkerRequest;
import io.nepenthe.json.Json;
import io.nepenthe.machine.DaemonTimer;
import io.nepenthe.machine.DeviceMemory;
import io.nepenthe.machine.DeviceShortage;
import io.nepenthe.machine.Impediment;
import io.nepenthe.machine.PeakMemory;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.SpecialIds;
import io.nepenthe.model.Weights;
import io.nepenthe.original.RegularizerUse;
import io.nepenthe.original.TrainingJob;
import io.nepenthe.original.TrainingSetup;
import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.pluginhost.LoadedPlugin;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
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
public final class WorkerLoop {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerLoop.class);
  private static final Duration BETWEEN_PROGRESS = Duration.ofMillis(200);

  private final PrintStream answers;
  private final String token;
  private final BlockingQueue<String> requests;
  private long lastProgress;

  /**
   * Prepares to answer.
   *
   * @param token what every answer begins with
   * @param requests lines of JSON, the first of them the request
   */
  public WorkerLoop(PrintStream answers, String token, BlockingQueue<String> requests) {
    this.answers = answers;
    this.token = token;
    this.requests = requests;
  }

  /** Does the request. */
  public void run() throws IOException {
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
    Torch.useThreads(request.order().threads());
    new TrainingJob(
            request.order(),
            () -> begun(request),
            Path.of(request.cache()),
            this::progressed,
            with -> answer(new WorkerAnswer.Preparing(with)))
        .run();
    return (System.nanoTime() - start) / 1e9;
  }

  private TrainingSetup begun(WorkerRequest.Train request) {
    HandedRows rows = request.rows().read(); // no fault of the method
    answer(new WorkerAnswer.Begun());
    RegularizerUse use = request.order().regularizer();
    return use == null
        ? TrainingSetup.plain(rows.train(), rows.length())
        : RegularizerSetup.of(request.order(), use, rows);
  }

  private double mitigate(WorkerRequest.Mitigate request) throws IOException {
    Path jar = Path.of(request.job().plugin());
    Path folder = Path.of(request.folder());
    Torch.useThreads(request.job().threads());
    LoadedPlugin.requireUnchanged(jar, request.job().pluginSha256()); // no fault of the method
    MethodDescriptor descriptor = PluginCatalog.descriptor(jar);
    PeakMemory.reset();
    Original original = Original.of(request.job(), descriptor.allNeeds());
    ProgressGauge gauge = new ProgressGauge();
    try (DeviceMemory device = DeviceMemory.watch(Torch.device(request.job().device()));
        MitigationRunner runner = new MitigationRunner(original, gauge);
        DaemonTimer teller =
            new DaemonTimer("progress", BETWEEN_PROGRESS, () -> gauge.tell(this::told))) {
      Objects.requireNonNull(teller);
      answer(new WorkerAnswer.Begun());
      MitigationMethod<?> method = LoadedPlugin.method(jar, request.job().pluginSha256());
      runner.run(
          method, request.job().points(), receiver(request, original.model(), folder, device));
      return runner.busySeconds();
    }
  }

  private MitigationRunner.Receiver receiver(
      WorkerRequest.Mitigate request, LanguageModel model, Path folder, DeviceMemory device) {
    return new MitigationRunner.Receiver() {
      @Override
      public void localized(double seconds) {
        answer(new WorkerAnswer.Localized(seconds));
      }

      @Override
      public void mitigated(int point, Weights weights, BlockedNgrams blocked, TrialTime time)
          throws IOException {
        ModelFolder.write(folder, model, weights, SpecialIds.NONE);
        BlockedNgramsFile.write(folder, blocked);
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
    return DeviceShortage.words(e).orElseGet(() -> words(e));
  }

  private static String words(Throwable e) {
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
