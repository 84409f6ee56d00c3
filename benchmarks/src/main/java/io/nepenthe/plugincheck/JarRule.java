package io.nepenthe.plugincheck;

import io.nepenthe.pluginhost.PluginJar;
import io.nepenthe.pluginhost.PluginManifest;
import io.nepenthe.wording.Words;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What can be told of a jar without loading a class of it. */
@SuppressWarnings("ImmutableEnumChecker") // functions without state
enum JarRule {
  IDENTITY(
      "set Plugin-Id (kebab-case) and Plugin-Version in the manifest, and depend on no plugin",
      jar -> jar.manifest().requireIdentity()),
  API(
      "build against this version's nepenthe-core, and set Plugin-Api in the manifest to its"
          + " interface's version",
      jar -> jar.manifest().requireApi()),
  PROTOCOL(
      "set Plugin-Requires in the manifest to the measuring protocols the plugin works with",
      jar -> jar.manifest().requireProtocol()),
  AUTHOR_AND_LICENCE(
      "set Plugin-Provider to who wrote the plugin, and Plugin-License to an SPDX expression such"
          + " as Apache-2.0, in the manifest",
      JarRule::requireAuthorAndLicence),
  DESCRIPTOR("correct META-INF/nepenthe/method.json", PluginJar::descriptor),
  EXTENSION_INDEX(
      "mark the method's class, and no other, with @Extension, and compile with PF4J's annotation"
          + " processor",
      JarRule::requireOneExtension),
  NO_HOST_CLASSES(
      "give what the host provides (nepenthe-core, DJL, PF4J, Jackson, SLF4J) the scope provided",
      JarRule::requireOwnClasses),
  REPRODUCIBLE_BUILD(
      "set project.build.outputTimestamp, so that equal sources give equal jars",
      ReproducibleBuild::require);

  private static final int LONGEST_AUTHOR = 200;
  private static final Pattern SPDX = Pattern.compile("[A-Za-z0-9.+() :-]{2,200}");
  private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/\\d+/");
  private static final List<String> HOST =
      List.of(
          "io/nepenthe/",
          "ai/djl/",
          "org/pf4j/",
          "com/fasterxml/jackson/",
          "org/slf4j/",
          "org/jspecify/",
          "java/",
          "javax/",
          "jdk/",
          "sun/");

  /** Looks at a jar. */
  @FunctionalInterface
  interface Check {
    /** Throws IllegalArgumentException with what is wrong. */
    void check(PluginJar jar) throws IOException;
  }

  private final String toDo;
  private final Check check;

  JarRule(String toDo, Check check) {
    this.toDo = toDo;
    this.check = check;
  }

  RuleVerdict verdict(PluginJar jar) {
    try {
      check.check(jar);
      return RuleVerdict.passed(Words.id(this));
    } catch (IOException | RuntimeException | StackOverflowError e) {
      return new RuleVerdict(
          Words.id(this), Verdict.FAILED, Words.line(String.valueOf(e.getMessage())), toDo);
    }
  }

  private static void requireAuthorAndLicence(PluginJar jar) throws IOException {
    PluginManifest manifest = jar.manifest();
    require(
        isSaid(manifest.provider()) && manifest.provider().length() <= LONGEST_AUTHOR,
        "its manifest names no author of up to " + LONGEST_AUTHOR + " characters");
    require(
        isSaid(manifest.license()) && SPDX.matcher(manifest.license()).matches(),
        "its manifest names no licence, as an SPDX expression");
  }

  private static boolean isSaid(@Nullable String value) {
    return value != null && !value.isBlank();
  }

  private static void requireOneExtension(PluginJar jar) {
    List<String> extensions = jar.extensions();
    require(extensions.size() == 1, "it lists " + extensions.size() + " classes, must list 1");
  }

  private static void requireOwnClasses(PluginJar jar) {
    for (String name : jar.entries().keySet()) {
      String plain = VERSIONED.matcher(name).replaceFirst("");
      require(!plain.endsWith(".jar"), "it holds the jar " + name + ", which nothing reads");
      require(
          !plain.endsWith(".class")
              || plain.startsWith("io/nepenthe/plugins/")
              || HOST.stream().noneMatch(plain::startsWith),
          "it holds " + name + ", which is the host's");
    }
  }

  private static void require(boolean holds, String found) {
    if (!holds) {
      throw new IllegalArgumentException(found);
    }
  }
}
