package io.nepenthe.scaffold;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/**
 * The project of a new plugin, which builds, passes its contract test and runs in a suite.
 *
 * <p>Its files are those of a method called {@code my-method}, which are resources beside this
 * class, with the names replaced.
 *
 * @param id the method's
 * @param shape what it implements
 * @param group group of Maven, and the beginning of the package's name
 * @param author who wrote it
 * @param licence its SPDX identifier
 */
public record Scaffold(String id, Shape shape, String group, String author, String licence) {
  private static final String ID = "[a-z][a-z0-9]*(-[a-z0-9]+)*";
  private static final int LONGEST = 60;
  private static final String ONE_LINE = "[^\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}<>&]{1,200}";

  /** Checks that Maven and Java accept the names. */
  public Scaffold {
    require(
        id.matches(ID) && id.length() <= LONGEST,
        "the id",
        id,
        "lower-case words joined by hyphens, at most "
            + LONGEST
            + " characters, such as my-method");
    require(
        SourceVersion.isName(group, SourceVersion.RELEASE_17)
            && group.matches("[a-z][a-z0-9_.]*")
            && Arrays.stream(group.split("\\.", -1)).limit(2).noneMatch(Scaffold::isOfTheHost),
        "--group",
        group,
        "the beginning of a Java package's name that is yours, such as org.example");
    require(author.matches(ONE_LINE) && !author.isBlank(), "--author", author, "one line of text");
    require(licence.matches("[A-Za-z0-9.+-]+"), "--licence", licence, "an SPDX id, such as MIT");
  }

  private static boolean isOfTheHost(String part) {
    return List.of("java", "javax", "nepenthe").contains(part);
  }

  private static void require(boolean holds, String what, String value, String rule) {
    if (!holds) {
      throw new NepentheException(
          ErrorCode.BAD_USAGE, what + " is '" + value + "', must be " + rule + ".");
    }
  }

  /** Returns the content of every file, by its path in the project's folder. */
  public Map<String, String> files() {
    String own = shape.id() + "/";
    String sources = "src/main/java/" + packageName().replace('.', '/') + "/";
    String tests = sources.replace("main", "test");
    Map<String, String> files = new LinkedHashMap<>();
    files.put("pom.xml", written("pom.xml"));
    files.put("README.md", written(own + "README.md") + written("build.md"));
    files.put(".gitignore", written("gitignore"));
    files.put(sources + className() + ".java", written(own + "MyMethod.java"));
    files.put(sources + "package-info.java", written("package-info.java"));
    files.put("src/main/resources/META-INF/nepenthe/method.json", written(own + "method.json"));
    files.put(
        tests + className() + "ContractTest.java", written(own + "MyMethodContractTest.java"));
    return files;
  }

  private String written(String resource) {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("org.example.mymethod", packageName());
    names.put("org.example", group);
    names.put("MyMethod", className());
    names.put("my-method", id);
    names.put("My method", title());
    names.put("The Author", author);
    names.put(">Apache-2.0<", ">" + licence + "<");
    Pattern any =
        Pattern.compile(
            names.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|")));
    return any.matcher(text(resource))
        .replaceAll(found -> Matcher.quoteReplacement(names.get(found.group())));
  }

  private static String text(String resource) {
    try (InputStream in = Scaffold.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }

  private String packageName() {
    String word = id.replace("-", "");
    return group + "." + (SourceVersion.isKeyword(word) ? word + "method" : word);
  }

  /** Returns the id in camel case; with a word more where the sources use that name themselves. */
  private String className() {
    String name =
        Arrays.stream(id.split("-"))
            .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
            .collect(Collectors.joining());
    return isTaken(name) ? name + "Method" : name;
  }

  private boolean isTaken(String name) {
    String sources = // in which the example's own name has no other use
        (text(shape.id() + "/MyMethod.java") + text(shape.id() + "/MyMethodContractTest.java"))
            .replace("MyMethod", "");
    return Pattern.compile("\\b" + name + "\\b").matcher(sources).find() || isOfJava(name);
  }

  private static boolean isOfJava(String name) {
    try {
      Class.forName("java.lang." + name, false, null);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private String title() {
    return Character.toUpperCase(id.charAt(0)) + id.substring(1).replace('-', ' ');
  }
}
