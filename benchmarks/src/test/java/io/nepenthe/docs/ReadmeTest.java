package io.nepenthe.docs;

import static io.nepenthe.docs.SourceTree.ROOT;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.plugin.MethodDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README's table of methods is made of the methods' descriptors. */
class ReadmeTest {
  @Test
  void tableOfMethodsEqualsDescriptors() throws IOException {
    Generated.check("README.md", "methods", table(descriptors()));
  }

  @Test
  void everyMethodIsAModuleWithAReadme() throws IOException {
    String modules = Files.readString(ROOT.resolve("plugins/pom.xml"));
    for (String id : descriptors().keySet()) {
      assertTrue(modules.contains("<module>" + id + "</module>"), "plugins/pom.xml lacks " + id);
      assertTrue(Files.exists(ROOT.resolve("plugins/" + id + "/README.md")), id + "'s README.md");
    }
  }

  private static Map<String, MethodDescriptor> descriptors() throws IOException {
    Map<String, MethodDescriptor> descriptors = new TreeMap<>();
    try (Stream<Path> folders = Files.list(ROOT.resolve("plugins"))) {
      for (Path folder : folders.toList()) {
        Path descriptor = folder.resolve("src/main/resources").resolve(MethodDescriptor.RESOURCE);
        if (Files.exists(descriptor)) {
          descriptors.put(
              folder.getFileName().toString(),
              MethodDescriptor.read(Files.readAllBytes(descriptor)));
        }
      }
    }
    return descriptors;
  }

  /** Methods of one family and paper share a row; families in the order of the paper's tables. */
  private static String table(Map<String, MethodDescriptor> descriptors) {
    Map<String, List<String>> methods = new LinkedHashMap<>(); // by what they share
    descriptors.entrySet().stream()
        .sorted(Comparator.comparing(entry -> entry.getValue().family()))
        .forEach(
            entry ->
                methods
                    .computeIfAbsent(source(entry.getValue()), source -> new ArrayList<>())
                    .add("[`%1$s`](plugins/%1$s/README.md)".formatted(entry.getKey())));
    StringBuilder table = new StringBuilder();
    table.append("| method | family | paper |\n| --- | --- | --- |\n");
    methods.forEach(
        (source, ids) -> table.append("| %s | %s |\n".formatted(String.join(", ", ids), source)));
    return table.toString();
  }

  private static String source(MethodDescriptor method) {
    MethodDescriptor.Paper paper = method.paper();
    return "%s | [%s, %d](%s)"
        .formatted(method.family().id(), firstAuthor(paper.authors()), paper.year(), paper.url());
  }

  private static String firstAuthor(String authors) {
    String[] names = authors.split(", ", -1);
    String first = names[0].substring(names[0].lastIndexOf(' ') + 1);
    return names.length > 1 ? first + " et al." : first;
  }
}
