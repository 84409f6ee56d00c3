package io.nepenthe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.run.RunListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command does for Spark, which is not here. */
class SparkEngineTest {
  @TempDir private Path folder;

  @Test
  void optionsThatDoNotFitAreNamed() {
    run("quick", "--engine", "spark").isMistake(2, "--engine spark needs --master");
    run("quick", "--master", "local[2]").isMistake(2, "Add that.");
    run("quick", "--ship").isMistake(2, "are of --engine spark");
    run("quick", "--engine", "spark", "--master", "yarn", "--node-cache", "/tmp")
        .isMistake(2, "--node-cache is of --ship");
    run("quick", "--engine", "spark", "--master", "yarn", "--conf", "executor.memory")
        .isMistake(2, "--conf is 'executor.memory'");
  }

  private CommandLineRun run(String... arguments) {
    List<String> words = new ArrayList<>(List.of("run"));
    words.addAll(List.of(arguments));
    return CommandLineRun.of(folder, words.toArray(String[]::new));
  }

  private static void isMissing(Path program, String sparkHome, String words) {
    NepentheException e =
        assertThrows(
            NepentheException.class, () -> SparkInstallation.of(program, sparkHome), words);
    assertEquals(ErrorCode.BAD_USAGE, e.code());
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  private Path file(String path) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "");
  }

  @Test
  void whatIsMissingIsNamedWithTheCommandThatBuildsIt() throws IOException {
    isMissing(folder, null, "mvn -Pspark -pl framework/spark -am -DskipTests package");
    Path jar = file("framework/spark/target/nepenthe-spark.jar");
    isMissing(folder, null, "set SPARK_HOME to a distribution");
    isMissing(folder, folder.toString(), "has no bin/spark-submit");
    Path submit = file("bin/spark-submit");
    assertEquals(
        new SparkInstallation(List.of(submit.toString()), jar),
        SparkInstallation.of(folder, folder.toString()));
    file("framework/spark/distribution/target/spark/jars/a.jar");
    assertTrue(SparkInstallation.of(folder, "").submit().get(1).endsWith("spark-class"));
  }

  /** Runs a script as the driver, and returns what was told. */
  private List<String> driver(String script) {
    List<String> told = new ArrayList<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void progressed(String what, long done, long total) {
            told.add(what + " " + done + " of " + total);
          }

          @Override
          public void warned(String line) {
            told.add(line);
          }
        };
    new SparkDriverProcess(listener, folder.resolve("spark.log"))
        .run(List.of("/bin/sh", "-c", script));
    return told;
  }

  @Test
  void whatTheDriverSaysIsToldAndTheRestIsLogged() throws IOException {
    assertEquals(
        List.of("units 3 of 9", "unit 4 is lost"),
        driver("echo progress 3 9; echo Spark talks; echo warning unit 4 is lost; exit 10"));
    assertEquals("Spark talks\n", Files.readString(folder.resolve("spark.log")));
  }

  @Test
  void aDriverThatFailsIsALineWithItsLog() {
    failsWith(ErrorCode.RUN_INCOMPLETE, "it ended with exit code 1. Its log is ", "exit 1");
    failsWith(ErrorCode.STORE_CORRUPT, "the plan is torn", "echo error the plan is torn; exit 7");
    failsWith(ErrorCode.RUN_INCOMPLETE, "no master", "echo error no master; exit 1");
  }

  private void failsWith(ErrorCode code, String words, String script) {
    NepentheException e = assertThrows(NepentheException.class, () -> driver(script));
    assertEquals(code, e.code());
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  /** The driver and its units end with whom they were started by, even if that was killed. */
  @Test
  void theCommandEndsWithItsParent() throws Exception {
    Process parent = new ProcessBuilder("sleep", "60").start();
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            WaitingForParent.class.getName());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put(ParentWatch.VARIABLE, Long.toString(parent.pid()));
    Process child = builder.start();
    try {
      assertEquals('x', child.getInputStream().read());
      parent.destroyForcibly();
      assertEquals(143, child.waitFor());
    } finally {
      child.destroyForcibly();
    }
  }

  static final class WaitingForParent {
    public static void main(String[] arguments) throws InterruptedException {
      ParentWatch.start();
      System.out.print('x');
      System.out.flush();
      Thread.sleep(60_000);
    }
  }
}
