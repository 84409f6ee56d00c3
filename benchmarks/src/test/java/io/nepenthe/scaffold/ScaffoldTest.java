package io.nepenthe.scaffold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** What a new plugin's project holds works before a line is written. */
class ScaffoldTest {
  /** Ids that Java, or the sources themselves, have another use for as names. */
  private static final List<String> TAKEN =
      List.of("new", "override", "object", "record", "extension", "hyperparameters", "fine-tuning");

  @TempDir private static Path folder;

  private static Scaffold scaffold(String id, Shape shape) {
    return new Scaffold(id, shape, "org.example", "A. Author", "MIT");
  }

  /**
   * All at once, and as strictly as this repository is compiled: a compiler takes long to start.
   */
  @BeforeAll
  static void compile() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (Shape shape : Shape.values()) {
      write("own-" + shape.id() + "-2", shape, sources);
    }
    for (String id : TAKEN) {
      write(id, Shape.FINE_TUNING, sources);
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    String classes = Files.createDirectories(folder.resolve("classes")).toString();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      DiagnosticCollector<JavaFileObject> complaints = new DiagnosticCollector<>();
      boolean compiled =
          compiler
              .getTask(
                  null,
                  files,
                  complaints,
                  List.of("-d", classes, "-Xlint:all,-processing", "-Werror"),
                  null,
                  files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertTrue(compiled, complaints.getDiagnostics().toString());
    }
  }

  private static void write(String id, Shape shape, List<Path> sources) throws IOException {
    for (Map.Entry<String, String> file : scaffold(id, shape).files().entrySet()) {
      Path path = folder.resolve(id).resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
      if (file.getKey().endsWith(".java")) {
        sources.add(path);
      }
    }
  }

  private static TestExecutionSummary test(Path project, String className) throws Exception {
    URL[] path = {
      folder.resolve("classes").toUri().toURL(),
      project.resolve("src/main/resources").toUri().toURL()
    };
    String before = System.setProperty("basedir", project.toString());
    try (URLClassLoader loader = new URLClassLoader(path, ScaffoldTest.class.getClassLoader())) {
      SummaryGeneratingListener listener = new SummaryGeneratingListener();
      LauncherFactory.create()
          .execute(
              LauncherDiscoveryRequestBuilder.request()
                  .selectors(selectClass(loader.loadClass(className)))
                  .build(),
              listener);
      return listener.getSummary();
    } finally {
      if (before == null) {
        System.clearProperty("basedir");
      } else {
        System.setProperty("basedir", before);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "own-regularizer-2,          ownregularizer2.OwnRegularizer2",
    "own-fine-tuning-2,          ownfinetuning2.OwnFineTuning2",
    "own-unlearning-2,           ownunlearning2.OwnUnlearning2",
    "own-localized-unlearning-2, ownlocalizedunlearning2.OwnLocalizedUnlearning2"
  })
  void passesItsContract(String id, String className) throws Exception {
    String method = "org.example." + className;
    assertTrue(
        Files.readAllLines(folder.resolve("classes/META-INF/extensions.idx")).contains(method));
    TestExecutionSummary summary = test(folder.resolve(id), method + "ContractTest");
    StringWriter failures = new StringWriter();
    summary.printFailuresTo(new PrintWriter(failures), 8);
    assertEquals(0, summary.getTotalFailureCount(), failures.toString());
    assertTrue(summary.getTestsSucceededCount() > 9, "as many are run as of a shipped method");
  }

  @ParameterizedTest
  @EnumSource
  void nothingOfTheExampleIsLeft(Shape shape) {
    Map<String, String> files =
        new Scaffold("npo", shape, "edu.uni.lab", "Zoë \"Z\" O'Neil", "BSD-3-Clause").files();
    Pattern example =
        Pattern.compile("(?i)my-?method|my method|org\\.example|The Author|@project|Apache-2");
    files.forEach(
        (path, text) ->
            assertFalse(example.matcher(path + "\n" + text).find(), path + ":\n" + text));
    assertTrue(files.containsKey("src/main/java/edu/uni/lab/npo/Npo.java"), files.toString());
    String pom = files.get("pom.xml");
    assertTrue(pom.contains("<plugin.provider>Zoë \"Z\" O'Neil</plugin.provider>"), pom);
    assertTrue(pom.contains("<plugin.license>BSD-3-Clause</plugin.license>"), pom);
    String json = files.get("src/main/resources/META-INF/nepenthe/method.json");
    assertEquals("Npo", MethodDescriptor.read(json.getBytes(StandardCharsets.UTF_8)).name());
  }

  @Test
  void theGuidesOwnNameIsNotTaken() {
    assertTrue(
        scaffold("my-method", Shape.UNLEARNING)
            .files()
            .containsKey("src/main/java/org/example/mymethod/MyMethod.java"));
  }

  @Test
  void thePomNamesTheParentOfThisVersion() throws IOException {
    Pattern parent =
        Pattern.compile("<artifactId>nepenthe-plugin-parent</artifactId>\\s*<version>[0-9.]+<");
    String published = Files.readString(Path.of("../framework/plugin-parent/pom.xml"));
    String named = scaffold("npo", Shape.UNLEARNING).files().get("pom.xml");
    assertEquals(found(parent, published), found(parent, named));
  }

  private static String found(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    assertTrue(found.find(), text);
    return found.group().replaceAll("\\s", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          My-Method | org.example  | Me      | MIT   | the id is 'My-Method', must be lower-case words
          2nd       | org.example  | Me      | MIT   | the id is '2nd'
          a--b      | org.example  | Me      | MIT   | the id is 'a--b'
          ../up     | org.example  | Me      | MIT   | the id is '../up'
          m         | org.9        | Me      | MIT   | --group is 'org.9'
          m         | org.new      | Me      | MIT   | --group is 'org.new'
          m         | io.nepenthe  | Me      | MIT   | --group is 'io.nepenthe'
          m         | java.util    | Me      | MIT   | --group is 'java.util'
          m         | ../x         | Me      | MIT   | --group is '../x'
          m         | org.example  | ' '     | MIT   | --author is ' '
          m         | org.example  | '<b>'   | MIT   | --author is '<b>'
          m         | org.example  | Me      | '<>'  | --licence is '<>'
          """)
  void aNameThatCannotBeIsAMistake(
      String id, String group, String author, String licence, String words) {
    NepentheException mistake =
        assertThrows(
            NepentheException.class,
            () -> new Scaffold(id, Shape.UNLEARNING, group, author, licence));
    assertTrue(mistake.getMessage().startsWith(words), mistake.getMessage());
  }
}
