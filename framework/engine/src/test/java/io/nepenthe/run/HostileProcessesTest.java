package io.nepenthe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One run whose workers do to their process, their pipe and their files what hostile code can. A
 * script stands in for Java where a worker is asked for such a method, so that each takes
 * milliseconds; the method that behaves runs beside them as ever.
 */
class HostileProcessesTest {
  private static final String BEHAVES = "shrinks";
  private static final double AMPLE_SECONDS = 120;
  private static final List<String> OUTS = List.of("all", "slow", "alone");
  private static final Class<TrialOutcome.Failed> FAILED = TrialOutcome.Failed.class;
  private static final Class<TrialOutcome.Invalid> INVALID = TrialOutcome.Invalid.class;
  private static final Class<TrialOutcome.TimedOut> TIMED_OUT = TrialOutcome.TimedOut.class;

  /** What the script does once it has begun, and the line that the user reads of it. */
  enum Deed {
    ENDS_WELL("exit 0", FAILED, "the worker process ended with exit code 0"),
    ENDS_AS_OUT_OF_MEMORY("exit 3", FAILED, "the worker process ended with exit code 3"),
    ENDS_AS_INTERRUPTED("exit 130", FAILED, "the worker was ended by signal 2"),
    ENDS_WITH_A_LARGE_CODE("exit 255", FAILED, "the worker process ended with exit code 255"),
    KILLS_ITSELF("kill -9 $$", FAILED, "the worker was ended by signal 9"),
    CRASHES("kill -SEGV $$", FAILED, "the worker was ended by signal 11"),
    CLOSES_ITS_PIPE("exec 3>&-; sleep $long", FAILED, "the worker closed the pipe of its answers"),
    IS_DONE_WITHOUT_ANSWER("finished", FAILED, "the worker was done without a result"),
    ANSWERS_NO_JSON(
        "say 'not json'; sleep $long", FAILED, "the worker gave an answer that is none ("),
    ANSWERS_NULL("say null; sleep $long", FAILED, "the worker gave an answer that is none (null)"),
    ANSWERS_A_LIST("say '[]'; sleep $long", FAILED, "the worker gave an answer that is none ("),
    ANSWERS_DEEP_JSON(
        "say \"$(head -c 9999 /dev/zero | tr '\\0' '[')\"; sleep $long",
        FAILED,
        "the worker gave an answer that is none ("),
    ANSWERS_WHAT_IS_UNKNOWN(
        "say '{\"answer\":\"won\"}'; sleep $long",
        FAILED,
        "the worker gave an answer that is none ("),
    ANSWERS_A_CLASS(
        "say '{\"answer\":\"javax.swing.JFrame\"}'; sleep $long",
        FAILED,
        "the worker gave an answer that is none ("),
    ANSWERS_WITHOUT_END(
        "printf '%s' \"$token\" >&3; head -c 3000000 /dev/zero >&3; say ''; sleep $long",
        FAILED, "the worker gave an answer that is none ("),
    SPEAKS_FOR_ANOTHER(
        "echo '0{\"answer\":\"done\",\"busySeconds\":0}' | tee /dev/stderr >&3; exit 9",
        FAILED,
        "the worker process ended with exit code 9"),
    FLOODS_ALL_IT_CAN(
        "for n in 1 2 3; do head -c 1000000 /dev/zero | tr '\\0' 'x' >&$n; done; exit 9",
        FAILED,
        "the worker process ended with exit code 9"),
    ANSWERS_ANOTHERS_POINT(
        "mitigated 999 0.0; sleep $long",
        FAILED,
        "the worker answered what it was not asked: point"),
    ANSWERS_A_POINT_BEFORE_THE_FIRST(
        "say '{\"answer\":\"point-failed\",\"point\":-1,\"reason\":\"\"}'; sleep $long",
        FAILED,
        "the worker answered what it was not asked: point -1"),
    ANSWERS_TWICE(
        "mitigated 0 0.0; mitigated 0 0.0; sleep $long",
        FAILED,
        "the worker answered twice for {strength="),
    WORKED_AN_HOUR("mitigated 0 3600; sleep $long", FAILED, "the worker says that it worked 3600"),
    WORKED_LESS_THAN_NOTHING(
        "mitigated 0 -1; sleep $long", FAILED, "the worker says that it worked"),
    WORKED_NO_NUMBER("mitigated 0 '\"NaN\"'; finished", INVALID, "no possible time"),
    LOCALIZED_TWICE("localized; localized; sleep $long", FAILED, "the worker localized twice"),
    HANDS_NOTHING_OVER("mitigated 0 0.0; finished", INVALID, "model.safetensors: is missing"),
    DELETES_THE_HAND_OVER(
        "rm -r \"$folder\"; mitigated 0 0.0; finished", INVALID, "cannot be read ("),
    HANDS_OVER_ANOTHER_FOLDER(
        "rm -r \"$folder\"; ln -s / \"$folder\"; mitigated 0 0.0; finished",
        INVALID,
        "model.safetensors: is missing"),
    HANDS_OVER_A_FOLDER(
        "mkdir \"$folder/model.safetensors\"; mitigated 0 0.0; finished", INVALID, "is no file"),
    HANDS_OVER_A_PIPE(
        "mkfifo \"$folder/model.safetensors\"; mitigated 0 0.0; finished", INVALID, "is no file"),
    HANDS_OVER_ZEROS_WITHOUT_END(
        "ln -s /dev/zero \"$folder/model.safetensors\"; mitigated 0 0.0; finished",
        INVALID,
        "is no file"),
    HANDS_OVER_A_LINK_TO_ITSELF(
        "ln -s model.safetensors \"$folder/model.safetensors\"; mitigated 0 0.0; finished",
        INVALID,
        "cannot be read ("),
    HANDS_OVER_TEXT(
        "echo weights > \"$folder/model.safetensors\"; mitigated 0 0.0; finished",
        INVALID,
        "is text that begins"),
    REPLACES_ALL_HAND_OVERS(
        "rm -r \"${folder%/*}\"; touch \"${folder%/*}\"; exit 9",
        FAILED, "the worker process ended with exit code 9"),
    HANDS_OVER_A_HUGE_HOLE(
        "truncate -s 4G \"$folder/model.safetensors\"; mitigated 0 0.0; finished",
        INVALID,
        "is no whole safetensors file"),
    SAYS_THE_DISK_IS_FULL(
        "say '{\"answer\":\"impeded\",\"reason\":\"No space left on device\"}'; sleep $long",
        FAILED,
        "No space left on device"),
    COMMANDS_THE_TERMINAL(
        "say '{\"answer\":\"failed\",\"reason\":\"\\u001b[2Jgone\\u202e\\nnext\"}'; sleep $long",
        FAILED,
        "?[2Jgone?"),
    LOOKS_FOR_THE_HOME_OF_THE_USER(
        "say '{\"answer\":\"failed\",\"reason\":\"at '\"${HOME%-*} $TMPDIR\"'\"}'; sleep $long",
        FAILED, "/tmp/mitigated /"),
    GIVES_NO_REASON("say '{\"answer\":\"failed\"}'; sleep $long", FAILED, ""),
    LEAVES_A_PROCESS("sleep $long & exit 9", FAILED, "the worker process ended with exit code 9"),
    HANGS("sleep $long", TIMED_OUT, "no result within the budget of 1 s"),
    STOPS_ITSELF("kill -STOP $$", TIMED_OUT, "no result within the budget of 1 s"),
    SAYS_THAT_IT_GOES_ON(
        "while sleep 0.1; do say '{\"answer\":\"progressed\",\"done\":1,\"total\":2}'; done",
        TIMED_OUT,
        "no result within the budget of 1 s"),
    SAYS_THAT_IT_WAITS(
        "while sleep 0.1; do say '{\"answer\":\"preparing\",\"with\":\"a coffee\"}'; done",
        TIMED_OUT,
        "no result within the budget of 1 s"),
    BEGINS_FOR_EVER(
        "while sleep 0.1; do say '{\"answer\":\"begun\"}'; done",
        TIMED_OUT,
        "no result within the budget of 1 s");

    private final String script;
    private final Class<? extends TrialOutcome> outcome;
    private final String seen;

    Deed(String script, Class<? extends TrialOutcome> outcome, String seen) {
      this.script = script;
      this.outcome = outcome;
      this.seen = seen;
    }

    boolean takesItsTime() {
      return outcome == TIMED_OUT;
    }

    /** Whoever writes where it likes reaches what runs at the same moment, and nobody after. */
    boolean runsAlone() {
      return this == REPLACES_ALL_HAND_OVERS || this == HANDS_OVER_A_HUGE_HOLE;
    }

    /** Returns the hyper-parameter by which the script knows what to do. */
    double strength() {
      return (List.of(values()).indexOf(this) + 1) / 1000.0;
    }

    String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Seconds that nobody else sleeps. */
  private static final long LONG = 1_000_000 + ProcessHandle.current().pid();

  private static final String SCRIPT =
      """
      #!/bin/sh
      IFS= read -r token
      IFS= read -r request
      folder=$(printf '%%s' "$request" | sed 's/.*"folder":"\\([^"]*\\)".*/\\1/')
      say() { printf '%%s%%s\\n' "$token" "$1" >&3; }
      finished() { say '{"answer":"done","busySeconds":0}'; sleep $long; }
      localized() { say '{"answer":"localized","seconds":0}'; }
      time() { printf '{"seconds":%%s,"localizeSeconds":null,"editSeconds":null}' "$1"; }
      mitigated() {
        say '{"answer":"mitigated","point":'$1',"time":'$(time "$2")',"peakMemoryBytes":null}'
      }
      long=%d
      case "$request" in *'"request":"mitigate"'*) ;; *) exit 99 ;; esac
      case "$request" in
      %s
      *) { printf '%%s\\n' "$token" "$request"; cat; } | '%s' "$@"; exit ;;
      esac
      """;

  @TempDir private static Path folder;
  private static Path plugins;
  private static Map<String, String> undisturbed;
  private static final Listener LISTENER = new Listener();
  private static Map<String, TrialResult> trials;

  @BeforeAll
  static void run() throws IOException {
    plugins = folder.resolve("plugins");
    TestMethods.jar(plugins, BEHAVES, TestMethods.Shrinks.class, 0.5);
    for (Deed deed : Deed.values()) {
      TestMethods.jar(plugins, deed.id(), TestMethods.Shrinks.class, deed.strength());
    }
    TinySuite.run(
        TinySuite.suite(List.of(0L), AMPLE_SECONDS, BEHAVES),
        plugins,
        folder.resolve("undisturbed"),
        folder.resolve("cache"));
    undisturbed = TinySuite.lasting(folder.resolve("undisturbed"));
    run("all", 4, AMPLE_SECONDS, deed -> !deed.takesItsTime() && !deed.runsAlone(), BEHAVES);
    run("slow", 4, 1, Deed::takesItsTime);
    run("alone", 1, AMPLE_SECONDS, Deed::runsAlone);
    trials = new TreeMap<>();
    OUTS.forEach(out -> trials.putAll(TinySuite.trials(folder.resolve(out))));
  }

  private static void run(
      String out, int workers, double budget, Predicate<Deed> which, String... others)
      throws IOException {
    List<String> methods =
        new ArrayList<>(Arrays.stream(Deed.values()).filter(which).map(Deed::id).toList());
    methods.addAll(List.of(others));
    String java = System.getProperty("java.home");
    System.setProperty("java.home", standIn(java).toString());
    try {
      TinySuite.prepared(
              TinySuite.suite(List.of(0L), budget, methods.toArray(String[]::new)),
              plugins,
              folder.resolve(out),
              folder.resolve("cache"),
              workers,
              LISTENER)
          .execute();
    } finally {
      System.setProperty("java.home", java);
    }
  }

  /** Returns the home of a Java that is the script. */
  private static Path standIn(String home) throws IOException {
    String cases =
        Arrays.stream(Deed.values())
            .map(
                deed ->
                    "*'\"strength\":%s}'*) say '{\"answer\":\"begun\"}'; %s ;;"
                        .formatted(deed.strength(), deed.script))
            .collect(Collectors.joining("\n"));
    Path java = folder.resolve("java/bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(java, SCRIPT.formatted(LONG, cases, Path.of(home, "bin", "java")));
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    return folder.resolve("java");
  }

  private static TrialResult trial(String method) {
    return trials.values().stream()
        .filter(trial -> trial.identity().method().equals(method))
        .findAny()
        .orElseThrow(() -> new AssertionError("no result of " + method));
  }

  @ParameterizedTest
  @EnumSource
  void isOneTrialThatFailedWithItsReason(Deed deed) {
    TrialOutcome outcome = trial(deed.id()).outcome();
    assertEquals(deed.outcome, outcome.getClass(), outcome.toString());
    assertTrue(outcome.explanation().contains(deed.seen), outcome.toString());
    assertTrue(outcome.explanation().chars().noneMatch(Character::isISOControl));
    List<String> lines =
        LISTENER.warnings().stream()
            .filter(line -> line.startsWith("trial failed: "))
            .filter(line -> line.contains(", " + deed.id() + " {"))
            .toList();
    assertEquals(
        "trial failed: tiny-noise seed 0, %s {strength=%s}: %s"
            .formatted(deed.id(), deed.strength(), outcome.explanation()),
        lines.get(lines.size() - 1));
  }

  @Test
  void whatBehavesIsAsInAnUndisturbedRun() {
    Map<String, String> all = TinySuite.lasting(folder.resolve("all"));
    undisturbed.forEach((id, result) -> assertEquals(result, all.get(id)));
    assertTrue(trial(BEHAVES).isValid());
  }

  @Test
  void whoIsEndedFromOutsideIsTriedAFewTimesAndSaid() {
    Map<String, Long> again =
        LISTENER.warnings().stream()
            .filter(line -> line.endsWith("; again"))
            .collect(
                Collectors.groupingBy(
                    line -> line.substring("tiny-noise seed 0 ".length(), line.indexOf(':')),
                    Collectors.counting()));
    assertEquals(
        Map.of(
            Deed.ENDS_AS_INTERRUPTED.id(), 9L,
            Deed.KILLS_ITSELF.id(), 9L,
            Deed.CRASHES.id(), 1L,
            Deed.SAYS_THE_DISK_IS_FULL.id(), 2L),
        again);
  }

  @Test
  void nothingIsLeftBehind() throws IOException {
    for (String out : OUTS) {
      try (var left = Files.list(folder.resolve(out).resolve("tmp"))) {
        assertEquals(List.of(), left.toList());
      }
    }
    assertTrue(Files.size(folder.resolve("all/workers.log")) < 20_000_000);
    assertTrue(
        ProcessHandle.allProcesses()
            .map(process -> process.info().arguments())
            .flatMap(arguments -> arguments.stream())
            .noneMatch(arguments -> Arrays.equals(arguments, new String[] {Long.toString(LONG)})),
        "a process that a worker started is still there");
  }
}
