package io.nepenthe.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.model.Architecture;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerClassPathTest {
  private static final List<String> MODULES = List.of("core", "host");

  /** Here, a test adds an architecture. */
  private static final String TESTS = "engine/test-classes";

  private static final List<String> LIBRARIES =
      List.of(
          "api",
          "commons-codec",
          "commons-compress",
          "commons-io",
          "commons-lang3",
          "gson",
          "jackson-annotations",
          "jackson-core",
          "jackson-databind",
          "jackson-module-parameter-names",
          "java-semver",
          "jna",
          "jspecify",
          "pf4j",
          "pytorch-engine",
          "pytorch-jni",
          "pytorch-native-cpu",
          "slf4j-api",
          "slf4j-simple");

  @TempDir private Path folder;

  /** A folder of classes by module and its own name, a jar by what Maven calls it. */
  private static String name(Path entry) {
    if (Files.isDirectory(entry)) {
      return (entry.getParent().getParent().getFileName() + "/" + entry.getFileName())
          .replace("/classes", "");
    }
    String jar = entry.getFileName().toString().replaceFirst("-\\d.*", "");
    return jar.replace("nepenthe-", "");
  }

  @Test
  void aWorkerSeesWhatPluginsMayUseAndWhatRunsThemAndNothingElse() {
    TreeSet<String> allowed = new TreeSet<>(MODULES);
    allowed.addAll(LIBRARIES);
    allowed.add(TESTS);
    TreeSet<String> found = new TreeSet<>();
    WorkerJvm.classPath().forEach(entry -> found.add(name(entry)));
    assertTrue(allowed.containsAll(found), "more than allowed: " + found);
    assertTrue(found.containsAll(MODULES), found.toString());
    assertTrue(found.containsAll(List.of("api", "pf4j", "pytorch-engine")), found.toString());
  }

  @Test
  void aWorkerLogsNothingBelowAWarning() throws IOException {
    List<URL> entries = new ArrayList<>();
    for (Path entry : WorkerJvm.classPath()) {
      entries.add(entry.toUri().toURL());
    }
    Properties settings = new Properties();
    try (URLClassLoader loader = new URLClassLoader(entries.toArray(URL[]::new), null);
        InputStream in = loader.getResourceAsStream("simplelogger.properties")) {
      settings.load(in);
    }
    assertEquals("warn", settings.getProperty("org.slf4j.simpleLogger.defaultLogLevel"));
  }

  @Test
  void anotherJarIsThereIfItAddsAnArchitectureOrIsAskedFor() throws IOException {
    Path other = Files.createDirectories(folder.resolve("other"));
    Path models = folder.resolve("models");
    Path service = models.resolve("META-INF/services").resolve(Architecture.class.getName());
    Files.createDirectories(service.getParent());
    Files.createFile(service);
    String whole =
        List.of(other, models, folder.resolve("gone")).stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    assertEquals(List.of(models), WorkerClassPath.of(whole, List.of()));
    String all = System.getProperty("java.class.path");
    assertTrue(
        WorkerClassPath.of(all, List.of(Test.class)).stream()
            .anyMatch(entry -> name(entry).equals("junit-jupiter-api")));
  }
}
