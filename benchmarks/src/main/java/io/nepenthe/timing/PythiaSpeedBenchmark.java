package io.nepenthe.timing;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Timeout;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Speed at the shape of Pythia-70M, float32, two threads, each against a baseline in turn with it:
 * the column {@code speedup} says how many times as fast as its baseline a thing is.
 *
 * <ul>
 *   <li>{@code FORWARD}: logits of 16 rows of 128 tokens, against {@link PlainPythia};
 *   <li>{@code BFLOAT16}: the same with weights and products in bfloat16, against float32;
 *   <li>{@code DECODING}: 40 tokens after 16 prompts of 32, against {@link PlainPythia};
 *   <li>{@code SCORING}: of 500 rows (32 given, 40 compared), whether they are memorized, against
 *       {@link PlainPythia} that generates 40 tokens row by row, of which 10 rows are measured;
 *   <li>{@code FINDING_NOTHING}, {@code FINDING_ALL}: a search for memorized text in 64 windows of
 *       which none is, or all are, against the bare forward pass of the same windows with its
 *       logits at the compared tokens.
 * </ul>
 *
 * <pre>
 * benchmarks/jmh PythiaSpeedBenchmark                       # all: four minutes
 * benchmarks/jmh PythiaSpeedBenchmark -p what=FORWARD,DECODING
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 0) // both are warmed up before the pairs
@Measurement(iterations = 1)
@Timeout(time = 1, timeUnit = TimeUnit.HOURS)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "-Xmx2g",
      "-XX:+UseSerialGC",
      "-Dai.djl.offline=true",
      "-DOPT_OUT_TRACKING=true",
      "-Dai.djl.pytorch.num_interop_threads=1"
    })
public class PythiaSpeedBenchmark {
  /** What is measured. */
  @Param({"FORWARD", "BFLOAT16", "DECODING", "SCORING", "FINDING_NOTHING", "FINDING_ALL"})
  private String what;

  /** Threads one operator may use. */
  @Param("2")
  private int threads;

  private PythiaWork work;

  /** The columns beside the time of the whole measurement. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Speed {
    /** Speed in that of the baseline: the median over neighbouring pairs. */
    public double speedup;

    /** Tokens, of rows that are read or written, in a second. */
    public double tokensPerSecond;
  }

  /** Makes the model. */
  @Setup(Level.Trial)
  public void prepare() {
    work = new PythiaWork(threads);
  }

  /** Runs work and baseline in turn. */
  @Benchmark
  public void speed(Speed speed) {
    PythiaWork.Contest contest =
        work.contest(PythiaWork.What.valueOf(what.toUpperCase(Locale.ROOT)));
    contest.work().run();
    contest.baseline().run();
    InTurn measured = InTurn.of(contest.work(), contest.baseline(), contest.pairs());
    speed.speedup = contest.share() / measured.ratio();
    speed.tokensPerSecond = contest.tokens() / (measured.ratio() * measured.baseline());
  }

  /** Frees the model. */
  @TearDown(Level.Trial)
  public void free() {
    work.close();
  }
}
