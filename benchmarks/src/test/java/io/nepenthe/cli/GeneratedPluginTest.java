package io.nepenthe.cli;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nepenthe.protocol.ContentHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Maven builds what {@code plugins new} writes, as its author would: outside the repository, from
 * the artifacts that the guide has him install, and inside, as one plugin more. Everything happens
 * in a copy of the sources with a local repository of its own.
 */
@Tag("slow")
class GeneratedPluginTest {
  private static final Duration FEEDBACK = Duration.ofSeconds(30);

  /** What tells plugins, or counts, lists or documents them. */
  private static final String TESTS_OF_PLUGINS =
      "AnotherMethod*Test,ArchitectureTest,MethodIdsTest,NepentheTest,SuitesTest,LauncherTest,"
          + "PluginCheckTest,ProtocolNumbersTest,io/nepenthe/docs/*Test";

  private static final Pattern BUILT =
      Pattern.compile("(?!docs/).*/target/(classes|test-classes|generated-.*|[^/]*\\.jar).*");

  @TempDir private static Path folder;
  private static Path clone;
  private static Path repository;

  @BeforeAll
  static void install() throws Exception {
    Path known = Path.of(System.getProperty("localRepository", ""));
    assumeTrue(Files.isDirectory(known), "Maven did not start this: no local repository is known");
    repository = folder.resolve("repository");
    linkAll(known, repository);
    clone = folder.resolve("clone");
    for (String file :
        output(CommandLineRun.root(), "git", "ls-files", "-co", "--exclude-standard", "-z")
            .split("\0", -1)) {
      copy(Path.of(file));
    }
    built();
    output(clone, "git", "init", "-q"); // provenance asks for a commit
    mvn(
        clone,
        "install",
        "-DskipTests",
        "-pl",
        "framework/bom,framework/plugin-parent,framework/testkit",
        "-am");
  }

  /** What was built is copied with its times, so that Maven compiles what is new and no more. */
  private static void built() throws IOException {
    Path root = CommandLineRun.root();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Path path = root.relativize(file);
        if (BUILT.matcher(path.toString().replace('\\', '/')).matches()) {
          copy(path);
        }
      }
    }
  }

  private static void copy(Path path) throws IOException {
    Path source = CommandLineRun.root().resolve(path);
    if (Files.isRegularFile(source)) { // a deleted file is still listed
      Files.createDirectories(clone.resolve(path).getParent());
      Files.copy(source, clone.resolve(path), COPY_ATTRIBUTES);
    }
  }

  /** A copy would be gigabytes: files are linked, all but those that this build writes itself. */
  private static void linkAll(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (!target.startsWith(to.resolve("io/nepenthe"))) {
          Files.createDirectories(target.getParent());
          link(file, target);
        }
      }
    }
  }

  private static void link(Path file, Path target) throws IOException {
    try {
      Files.createLink(target, file);
    } catch (FileSystemException | UnsupportedOperationException e) { // another disk
      Files.copy(file, target);
    }
  }

  private static Path generated(String id, Path out) {
    CommandLineRun run =
        CommandLineRun.of(
            folder, "plugins", "new", id, "--family", "unlearning", "--out", out.toString());
    assertEquals(0, run.exitCode(), run.err());
    return out;
  }

  private static Duration mvn(Path project, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("mvn", "-B", "-q"));
    command.add("-Dmaven.repo.local=" + repository);
    command.addAll(
        List.of(
            "-Dspotless.check.skip", "-Djacoco.skip", "-Dlicense.skip", "-Dmaven.javadoc.skip"));
    command.add("-Dmaven.compiler.useIncrementalCompilation=false");
    command.addAll(List.of(arguments));
    long start = System.nanoTime();
    output(project, command.toArray(String[]::new));
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Runs a program, which must succeed, and returns what it printed. */
  private static String output(Path where, String... command) throws Exception {
    Path printed = Files.createTempFile(folder, "printed", ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(where.toFile())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    try {
      boolean ended = process.waitFor(30, TimeUnit.MINUTES);
      String text = Files.readString(printed, StandardCharsets.UTF_8);
      assertTrue(ended && process.exitValue() == 0, () -> String.join(" ", command) + "\n" + text);
      return text;
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  @Test
  void twoFoldersGiveOneJarOffline() throws Exception {
    Path here = generated("my-method", folder.resolve("here/my-method"));
    Path there = generated("my-method", folder.resolve("some/where else/mine"));
    mvn(here, "-o", "package");
    mvn(there, "-o", "package", "-DskipTests");
    String jar = "target/my-method-0.1.0.jar";
    assertEquals(
        ContentHash.ofFile(here.resolve(jar)), ContentHash.ofFile(there.resolve(jar)), jar);
    CommandLineRun checked =
        CommandLineRun.of(folder, "plugins", "check", here.resolve(jar).toString());
    assertEquals(0, checked.exitCode(), checked.out() + checked.err());
    Duration again = mvn(here, "-o", "test");
    assertTrue(again.compareTo(FEEDBACK) < 0, "mvn test took " + again);
  }

  /** As CONTRIBUTING says: a folder, a parent, a module, and the generated documents anew. */
  @Test
  void onePluginMoreInTheRepositoryBreaksNoTest() throws Exception {
    Path plugin = generated("another-method", clone.resolve("plugins/another-method"));
    for (String tree : List.of("main", "test")) {
      Path java = plugin.resolve("src").resolve(tree).resolve("java");
      Path to = java.resolve("io/nepenthe/plugins/anothermethod");
      Files.createDirectories(to.getParent());
      Files.move(java.resolve("org/example/anothermethod"), to);
      Files.delete(java.resolve("org/example"));
      Files.delete(java.resolve("org"));
      try (Stream<Path> sources = Files.list(to)) {
        for (Path source : sources.toList()) {
          replace(source, "org.example", "io.nepenthe.plugins");
        }
      }
    }
    Files.delete(plugin.resolve(".gitignore"));
    Path pom = plugin.resolve("pom.xml");
    Files.copy(clone.resolve("plugins/no-mitigation/pom.xml"), pom, REPLACE_EXISTING);
    replace(pom, "no-mitigation", "another-method");
    replace(
        clone.resolve("plugins/pom.xml"), "<modules>", "<modules><module>another-method</module>");
    mvn(clone, tests("-Dnepenthe.rewrite=true"));
    assertTrue(Files.readString(clone.resolve("README.md")).contains("plugins/another-method/"));
    mvn(clone, tests("-Dnepenthe.rewrite=false"));
  }

  private static String[] tests(String rewrite) {
    return new String[] {
      "package", "-Dtest=" + TESTS_OF_PLUGINS, "-Dsurefire.failIfNoSpecifiedTests=false", rewrite
    };
  }

  private static void replace(Path file, String what, String by) throws IOException {
    String text = Files.readString(file);
    assertTrue(text.contains(what) || file.endsWith("package-info.java"), file.toString());
    Files.writeString(file, text.replace(what, by));
  }
}
