package io.nepenthe.cli;

import io.nepenthe.suite.Suite;
import io.nepenthe.suite.SuiteReader;
import io.nepenthe.suite.TaskSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the suites that are there. */
@Command(
    name = "suites",
    description = "Lists the suites: name, tasks, seeds, methods, what each is for.",
    subcommands = DescribeCommand.class,
    mixinStandardHelpOptions = true)
final class SuitesCommand implements Callable<Integer> {
  private static final int MOST_TASKS_SHOWN = 4;

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    SuiteReader reader = Places.suites();
    List<Map<String, Object>> listed = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (String name : reader.names()) {
      Suite suite = reader.read(name);
      List<String> tasks = suite.tasks().stream().map(TaskSpec::id).toList();
      int shown = Math.min(tasks.size(), MOST_TASKS_SHOWN);
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", suite.name());
      entry.put("description", suite.description().strip());
      entry.put("fidelity", suite.fidelity());
      entry.put("tasks", tasks);
      entry.put("seeds", suite.seeds());
      entry.put("methods", suite.methods().size());
      listed.add(entry);
      text.append(
          String.format(
              "%s%n  tasks %s; seeds %s; %d methods; %s fidelity%n  %s%n",
              suite.name(),
              String.join(", ", tasks.subList(0, shown))
                  + (shown < tasks.size() ? " and " + (tasks.size() - shown) + " more" : ""),
              suite.seeds(),
              suite.methods().size(),
              suite.fidelity().id(),
              suite.description().strip().replaceAll("\\s+", " ")));
    }
    json.print(listed, text.toString());
    return 0;
  }
}
