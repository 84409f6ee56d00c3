package io.nepenthe.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nepenthe.worker.Workers.Ending;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerDiedExceptionTest {
  @ParameterizedTest
  @CsvSource({
    "0, DIED",
    "1, DIED",
    "3, DIED",
    "128, DIED",
    "255, DIED", // exit codes
    "129, KILLED",
    "130, KILLED",
    "137, KILLED",
    "138, KILLED",
    "140, KILLED",
    "143, KILLED",
    "152, KILLED", // from outside: HUP, INT, KILL, USR1, USR2, TERM, XCPU
    "132, CRASHED",
    "134, CRASHED",
    "135, CRASHED",
    "136, CRASHED",
    "139, CRASHED"
  })
  void theExitCodeSaysWhoEndedTheProcess(int code, Ending ending) {
    assertEquals(ending, WorkerDiedException.of(code).ending());
  }
}
