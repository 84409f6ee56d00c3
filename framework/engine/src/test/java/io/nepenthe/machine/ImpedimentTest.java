package io.nepenthe.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImpedimentTest {
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
    assertEquals(lacks, Impediment.isCauseOf(new IllegalStateException("x", new Error(words))));
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
