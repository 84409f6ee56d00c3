package io.nepenthe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.sandbox.Sandbox;
import io.nepenthe.sandbox.SandboxOffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DoctorCommandTest {
  private static final List<List<String>> H200 = List.of(List.of("NVIDIA H200", "550.1", "143771"));

  @TempDir private Path home;

  @Test
  void whatComesAlongIsFoundAndComputes() throws Exception {
    JsonNode report = CommandLineRun.of(home, "doctor", "--json").json();
    assertTrue(report.path("isReady").asBoolean());
    assertEquals(
        List.of(
            "java",
            "processor",
            "memory",
            "disk",
            "libtorch",
            "gpu",
            "plugins",
            "corpora",
            "sandbox"),
        report.path("findings").findValuesAsText("id"));
    assertEquals("ok", report.path("findings").path(4).path("state").asText());
  }

  @Test
  void whatIsMissingComesWithWhatToDoAndWithAnExitCode() {
    DoctorCommand.Report report =
        DoctorCommand.Report.of(
            List.of(Finding.ok("java", "17"), Checkup.disk(home, 1 << 20, true)));
    assertFalse(report.isReady());
    assertEquals(15, report.exitCode());
    assertEquals(
        List.of(
            "ok       java       17",
            "missing  disk       0.0 GiB free for the cache folder " + home),
        report.text().lines().limit(2).toList());
    assertTrue(report.text().contains("NEPENTHE_HOME"));
  }

  @Test
  void whatTheProgramCanDoWithoutIsANote() {
    assertEquals(Finding.State.NOTE, Checkup.gpu(List.of(), 0, "cpu").state());
    assertEquals(Finding.State.NOTE, Checkup.corpora(List.of("wikitext-2")).state());
    assertEquals(
        Finding.State.NOTE, Checkup.sandbox(new SandboxOffer(Sandbox.NONE, "no bwrap")).state());
    assertEquals(Finding.State.NOTE, Checkup.memory(1L << 30).state());
  }

  @Test
  void aGpuThatThisLibtorchCannotUseComesWithTheSettingThatHelps() {
    Finding gpu = Checkup.gpu(H200, 0, "cpu");
    assertEquals(Finding.State.NOTE, gpu.state());
    assertTrue(gpu.found().startsWith("NVIDIA H200 (driver 550.1, 143771 MiB)"), gpu.found());
    assertTrue(gpu.advice().contains("PYTORCH_LIBRARY_PATH"), gpu.advice());
  }

  @Test
  void aLibtorchForGpusThatFindsNoneIsMissingOne() {
    assertEquals(Finding.State.MISSING, Checkup.gpu(H200, 0, "cu128").state());
    assertEquals(Finding.State.MISSING, Checkup.gpu(List.of(), 0, "cu128").state());
    assertEquals(Finding.State.OK, Checkup.gpu(H200, 1, "cu128").state());
  }

  @Test
  void pluginsThatAreRejectedAreNamed() {
    Finding plugins = Checkup.plugins(19, List.of("x.jar has no Plugin-Id"));
    assertEquals(Finding.State.MISSING, plugins.state());
    assertTrue(plugins.found().contains("x.jar"), plugins.found());
  }

  @Test
  void whatGoesWrongWhileLookingIsAFindingToo() {
    Finding finding =
        Finding.of(
            "disk",
            () -> {
              throw new IllegalStateException("no such disk");
            });
    assertEquals(Finding.State.MISSING, finding.state());
    assertTrue(finding.found().contains("no such disk"), finding.found());
  }
}
