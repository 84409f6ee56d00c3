package io.nepenthe.docs;

import static io.nepenthe.docs.SourceTree.ROOT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The packages of all modules, what each holds and which others it imports. Plugins are one room.
 * {@code io.nepenthe.report.html} is called {@code report.html}.
 */
record Rooms(Map<String, Room> byName) {
  private static final Pattern PACKAGE = Pattern.compile("(?m)^package io\\.nepenthe\\.([\\w.]+);");
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import (?:static )?io\\.nepenthe\\.([a-z0-9.]+)\\.[A-Z]");
  private static final Pattern FIRST_SENTENCE =
      Pattern.compile("/\\*\\*\\s+(?:\\* )?(.*?\\.)(?=\\s)", Pattern.DOTALL);
  private static final String PLUGINS = "plugins";

  /** A package: its module, the first sentence of its Javadoc, and the packages it imports. */
  record Room(String module, StringBuilder holds, Set<String> imports) {}

  static Rooms read() throws IOException {
    Map<String, Room> rooms = new TreeMap<>();
    for (Path file : SourceTree.files(".java")) {
      String path = ROOT.relativize(file).toString().replace('\\', '/');
      if (path.contains("/src/main/java/")) {
        add(path, Files.readString(file), rooms);
      }
    }
    return new Rooms(rooms);
  }

  private static void add(String path, String source, Map<String, Room> rooms) {
    boolean plugin = path.startsWith("plugins/");
    String module = path.substring(0, path.indexOf("/src/main/java/"));
    Matcher in = PACKAGE.matcher(source);
    if (!in.find()) {
      throw new IllegalStateException(path + " is in no package of io.nepenthe");
    }
    String name = plugin ? PLUGINS : in.group(1);
    Room room =
        rooms.computeIfAbsent(
            name,
            made -> new Room(plugin ? PLUGINS : module, new StringBuilder(), new TreeSet<>()));
    if (!plugin && path.endsWith("/package-info.java")) {
      Matcher sentence = FIRST_SENTENCE.matcher(source);
      room.holds().append(sentence.find() ? markdown(sentence.group(1)) : "");
    }
    Matcher imported = IMPORT.matcher(source);
    while (imported.find()) {
      String other = imported.group(1).startsWith(PLUGINS + ".") ? PLUGINS : imported.group(1);
      if (!other.equals(name)) {
        room.imports().add(other);
      }
    }
  }

  private static String markdown(String javadoc) {
    return javadoc
        .replaceAll("\\s+\\* ?", " ")
        .replaceAll("\\{@code ([^}]*)\\}", "`$1`")
        .replaceAll("\\{@link (?:[\\w.]*\\.)?(\\w+)\\}", "`$1`")
        .strip();
  }

  /** Returns the packages as a diagram, but for arrows that follow from others. */
  String diagram() {
    StringBuilder diagram = new StringBuilder("```mermaid\nflowchart TD\n");
    modules()
        .forEach(
            (module, names) -> {
              diagram.append("  subgraph m_").append(module.replace('/', '_'));
              diagram.append("[\"").append(module).append("\"]\n");
              names.forEach(name -> diagram.append("    " + id(name) + "[" + name + "]\n"));
              diagram.append("  end\n");
            });
    byName.forEach(
        (name, room) ->
            needed(name).forEach(o -> diagram.append("  " + id(name) + " --> " + id(o) + "\n")));
    return diagram.append("```\n").toString();
  }

  /** Returns what each package holds, module by module. */
  String table() {
    StringBuilder table = new StringBuilder("| module | package | holds |\n| --- | --- | --- |\n");
    modules()
        .forEach(
            (module, names) ->
                names.stream()
                    .filter(name -> !name.equals(PLUGINS))
                    .forEach(
                        name ->
                            table.append(
                                String.format(
                                    "| `%s` | `%s` | %s |\n",
                                    module, name, byName.get(name).holds()))));
    return table.toString();
  }

  /** Returns the imports of a package that no other of its imports leads to. */
  Set<String> needed(String name) {
    Map<String, Set<String>> known = new HashMap<>();
    Set<String> needed = new TreeSet<>(byName.get(name).imports());
    for (String other : byName.get(name).imports()) {
      needed.removeAll(reached(other, List.of(), known));
    }
    return needed;
  }

  private Set<String> reached(String name, List<String> way, Map<String, Set<String>> known) {
    if (way.contains(name)) {
      throw new IllegalStateException("a circle of packages: " + way + ", " + name);
    }
    Set<String> reached = known.get(name);
    if (reached == null) {
      reached = new TreeSet<>();
      List<String> further = Stream.concat(way.stream(), Stream.of(name)).toList();
      for (String other : byName.get(name).imports()) {
        reached.add(other);
        reached.addAll(reached(other, further, known));
      }
      known.put(name, reached);
    }
    return reached;
  }

  /** Returns the packages by module, the user of all others first. */
  private Map<String, Set<String>> modules() {
    Map<String, Set<String>> modules = new LinkedHashMap<>();
    for (String module :
        List.of(
            "benchmarks",
            "reports",
            "framework/spark",
            "framework/engine",
            "plugins",
            "framework/testkit",
            "framework/host",
            "framework/tasks",
            "framework/core")) {
      modules.put(module, new TreeSet<>());
    }
    byName.forEach((name, room) -> modules.get(room.module()).add(name));
    return modules;
  }

  private static String id(String name) {
    return name.replace('.', '_');
  }
}
