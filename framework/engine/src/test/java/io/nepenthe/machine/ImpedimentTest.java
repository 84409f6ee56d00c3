package io.nepenthe.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImpedimentTest {
  private static final StackTraceElement JAVA =
      new StackTraceElement(
          null, "java.base", "17", "java.io.FileOutputStream", "writeBytes", null, 1);
  private static final StackTraceElement HOST =
      new StackTraceElement("app", null, null, "io.nepenthe.host.WorkerLoop", "run", null, 1);
  private static final StackTraceElement PLUGIN =
      new StackTraceElement(null, null, null, "org.example.Method", "mitigate", null, 1);
  private static final StackTraceElement PLUGIN_OF_OUR_NAME =
      new StackTraceElement(null, null, null, "io.nepenthe.plugins.Act", "mitigate", null, 1);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          true  | No space left on device
          true  | Disk quota exceeded
          true  | /x/plugin.jar: Too many open files
          true  | Cannot run program: error=12, Cannot allocate memory
          true  | unable to create native thread: possibly out of memory or process limits reached
          true  | can't allocate memory: you tried to allocate 4096 bytes. Error code 12 (Cannot allocate memory)
          false | can't allocate memory: you tried to allocate 900000000000000 bytes. Error code 12 (Cannot allocate memory)
          false | Java heap space
          false | strength is 3, must be less
          """)
  void theSystemsWordsTellWhatTheMachineLacks(boolean lacks, String words) {
    Error thrown = thrownBy(new Error(words), JAVA);
    assertEquals(lacks, Impediment.isCauseOf(new IllegalStateException("x", thrown)));
  }

  @Test
  void whatASandboxKeepsFromAMethodIsNoLackOfTheMachine() {
    String words = "/x/model: Read-only file system";
    assertTrue(Impediment.isCauseOf(thrownBy(new Error(words), JAVA, HOST)));
    assertFalse(Impediment.isCauseOf(thrownBy(new Error(words), JAVA, PLUGIN, HOST)));
  }

  @Test
  void aDiskThatIsFullSaysSo() {
    IOException full =
        assertThrows(IOException.class, () -> Files.writeString(Path.of("/dev/full"), "x"));
    assertTrue(Impediment.isCauseOf(new UncheckedIOException(full)));
  }

  /** Whatever a method calls its failure, it would be so again. */
  @Test
  void aMethodsOwnWordsAreNoSign() {
    String words = "No space left on device";
    for (StackTraceElement place : List.of(PLUGIN, PLUGIN_OF_OUR_NAME)) {
      assertFalse(Impediment.isCauseOf(thrownBy(new IOException(words), place, JAVA)));
      assertFalse(
          Impediment.isCauseOf(thrownBy(new NepentheException(ErrorCode.IO, words), place, HOST)));
      assertFalse(Impediment.ends(thrownBy(new IOException(words), place, HOST)));
    }
    Error noTrace = new Error(words);
    noTrace.setStackTrace(new StackTraceElement[0]);
    assertFalse(Impediment.isCauseOf(noTrace));
  }

  /** Kotlin declares no exceptions. */
  @Test
  void aFileThatAMethodMissesIsItsOwn() {
    IOException missing = new NoSuchFileException("weights.bin");
    assertFalse(Impediment.ends(thrownBy(missing, JAVA, PLUGIN, HOST)));
    assertTrue(Impediment.ends(thrownBy(missing, JAVA, HOST)));
  }

  private static <T extends Throwable> T thrownBy(T thrown, StackTraceElement... places) {
    thrown.setStackTrace(places);
    return thrown;
  }

  @Test
  void thisProgramsOwnTroubleWithFilesIsTheMachines() {
    assertTrue(Impediment.isCauseOf(new NepentheException(ErrorCode.IO, "cannot write")));
    assertFalse(Impediment.isCauseOf(new NepentheException(ErrorCode.BAD_USAGE, "no such")));
    assertFalse(Impediment.isCauseOf(new UncheckedIOException(new NoSuchFileException("its own"))));
  }

  @Test
  void aModelThatCannotBeReadIsNotADamagedOne() {
    assertTrue(
        Impediment.keepsFromReading(damaged(new FileSystemException("x", null, "Zu viele"))));
    assertTrue(Impediment.keepsFromReading(damaged(new IOException("Ein-/Ausgabefehler"))));
    assertFalse(Impediment.keepsFromReading(damaged(new EOFException())));
    assertFalse(Impediment.keepsFromReading(damaged(new IllegalArgumentException("a hole"))));
  }

  private static NepentheException damaged(Exception cause) {
    return new NepentheException(ErrorCode.BAD_CHECKPOINT, "no whole safetensors file", cause);
  }

  /** A plugin's own class may do anything. */
  @Test
  void anExceptionThatThrowsIsLookedAt() {
    RuntimeException evil =
        new RuntimeException() {
          private static final long serialVersionUID = 1;

          @Override
          public String getMessage() {
            throw new IllegalStateException("never");
          }

          @Override
          public synchronized Throwable getCause() {
            throw new IllegalStateException("never");
          }
        };
    assertFalse(Impediment.isCauseOf(evil));
  }
}
