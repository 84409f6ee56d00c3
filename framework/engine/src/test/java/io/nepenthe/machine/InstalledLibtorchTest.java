package io.nepenthe.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InstalledLibtorchTest {
  private static final InstalledLibtorch.Binding BINDING =
      new InstalledLibtorch.Binding("2.7.1", List.of("cpu", "cu128"));

  private final Map<String, String> variables = new HashMap<>();

  @TempDir private Path packages;

  private Path torch;
  private Path lib;

  /** Python's torch, as pip lays it out, with CUDA's libraries beside it. */
  @BeforeEach
  void install() throws IOException {
    torch = Files.createDirectory(packages.resolve("torch"));
    lib = Files.createDirectory(torch.resolve("lib"));
    Files.createDirectory(packages.resolve("nvidia"));
    Files.createFile(lib.resolve(System.mapLibraryName("torch")));
    Files.createFile(lib.resolve(System.mapLibraryName("torch_cuda")));
    version("2.7.1+cu128");
    variables.put(InstalledLibtorch.PATH, lib.toString());
  }

  private void version(String build) throws IOException {
    Files.writeString(
        torch.resolve("version.py"),
        "from typing import Optional\n\n__version__ = '" + build + "'\ndebug = False\n");
  }

  private Optional<InstalledLibtorch> found() {
    return InstalledLibtorch.of(variables::get, BINDING);
  }

  private void isRefused(String... words) {
    NepentheException refused = assertThrows(NepentheException.class, this::found);
    assertEquals(ErrorCode.BAD_USAGE, refused.code());
    assertEquals(1, refused.getMessage().lines().count());
    for (String each : words) {
      assertTrue(refused.getMessage().contains(each), refused.getMessage());
    }
  }

  @Test
  void pythonsTorchIsFoundWithItsVersionFlavorAndCuda() {
    InstalledLibtorch torch271 = found().orElseThrow();
    assertEquals(new InstalledLibtorch(lib, "2.7.1", "cu128"), torch271);
    assertEquals(
        Map.of("PYTORCH_VERSION", "2.7.1", "PYTORCH_FLAVOR", "cu128"), torch271.properties());
    assertEquals(List.of(torch, packages.resolve("nvidia")), torch271.files());
  }

  @Test
  void pytorchsArchiveTellsItsVersionToo() throws IOException {
    Files.delete(torch.resolve("version.py"));
    Files.writeString(torch.resolve("build-version"), "2.7.1+cu128\n");
    assertEquals("cu128", found().orElseThrow().flavor());
  }

  @Test
  void oneWithoutCudaIsTheProcessors() throws IOException {
    Files.delete(lib.resolve(System.mapLibraryName("torch_cuda")));
    version("2.7.1");
    assertEquals("cpu", found().orElseThrow().flavor());
  }

  @Test
  void withoutTheVariableThereIsNone() {
    variables.clear();
    assertEquals(Optional.empty(), found());
  }

  @Test
  void anotherVersionOrFlavorIsRefusedWithThoseThatDo() throws IOException {
    version("2.6.0+cu128");
    isRefused("2.6.0+cu128", "2.7.1 of cpu or cu128");
    version("2.7.1+cu126");
    isRefused("2.7.1+cu126", "2.7.1 of cpu or cu128");
  }

  @Test
  void aFolderAboveIsRefusedWithTheOneToName() {
    variables.put(InstalledLibtorch.PATH, torch.toString());
    isRefused("name that folder", lib.toString());
    variables.put(InstalledLibtorch.PATH, packages.toString());
    isRefused("name that folder", lib.toString());
  }

  @Test
  void aFolderWithoutLibtorchOrVersionIsRefused() throws IOException {
    Files.delete(torch.resolve("version.py"));
    isRefused("does not tell its version");
    variables.put(InstalledLibtorch.PATH, packages.resolve("nvidia").toString());
    isRefused("holds no " + System.mapLibraryName("torch"));
  }

  @Test
  void whatIsSaidOfItMustBeTrue() {
    variables.put(InstalledLibtorch.FLAVOR, "cpu");
    isRefused("PYTORCH_FLAVOR is 'cpu'", "cu128");
  }

  @Test
  void theBindingOnTheClassPathIsOfTheLibtorchThatComesAlong() {
    assertTrue(InstalledLibtorch.Binding.onClassPath().flavors().contains("cpu"));
    assertTrue(InstalledLibtorch.Binding.onClassPath().version().matches("\\d+\\.\\d+\\.\\d+"));
  }
}
