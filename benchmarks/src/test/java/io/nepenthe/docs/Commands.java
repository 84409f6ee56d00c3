package io.nepenthe.docs;

import io.nepenthe.cli.Nepenthe;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Every command as Markdown, from the model that also prints {@code --help}. */
final class Commands {
  private Commands() {}

  static CommandLine nepenthe() {
    return new CommandLine(new Nepenthe()).setCaseInsensitiveEnumValuesAllowed(true);
  }

  /** Returns a section for each command, in the order of {@code nepenthe --help}. */
  static String markdown() {
    return all(nepenthe()).stream()
        .skip(1) // nepenthe itself
        .map(Commands::section)
        .collect(Collectors.joining("\n", "\n", "\n"));
  }

  /** Returns the exit codes and what they mean. */
  static String exitCodes() {
    StringBuilder table = new StringBuilder("| exit code | means |\n| ---: | --- |\n");
    nepenthe()
        .getCommandSpec()
        .usageMessage()
        .exitCodeList()
        .forEach((code, meaning) -> table.append("| " + code.strip() + " | " + meaning + " |\n"));
    return table.toString();
  }

  private static List<CommandLine> all(CommandLine command) {
    List<CommandLine> all = new ArrayList<>(List.of(command));
    command.getSubcommands().values().forEach(below -> all.addAll(all(below)));
    return all;
  }

  private static String section(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    UsageMessageSpec usage = spec.usageMessage();
    StringBuilder section = new StringBuilder();
    section.append("## ").append(spec.qualifiedName()).append("\n\n");
    section.append(prose(usage.description())).append("\n\n");
    String rows = rows(spec);
    section.append(rows.isEmpty() ? "" : "| argument | meaning |\n| --- | --- |\n" + rows);
    String footer = prose(usage.footer());
    return section.append(footer.isEmpty() ? "" : "\n" + footer + "\n").toString();
  }

  private static String rows(CommandSpec spec) {
    Stream<String> parameters =
        spec.positionalParameters().stream().map(parameter -> row(name(parameter), parameter));
    Stream<String> options =
        spec.options().stream()
            .filter(option -> !option.usageHelp() && !option.versionHelp() && !option.hidden())
            .map(option -> row(name(option), option));
    return Stream.concat(parameters, options).collect(Collectors.joining());
  }

  private static String name(PositionalParamSpec parameter) {
    return parameter.paramLabel() + (parameter.arity().max() > 1 ? "..." : "");
  }

  private static String name(OptionSpec option) {
    String names = String.join(", ", option.names());
    return option.arity().max() == 0 ? names : names + " " + option.paramLabel();
  }

  private static String row(String name, ArgSpec argument) {
    return "| `"
        + (argument.required() ? name : "[" + name + "]")
        + "` | "
        + prose(description(argument)).replace("|", "\\|")
        + " |\n";
  }

  private static String[] description(ArgSpec argument) {
    String value = String.valueOf(argument.defaultValueString());
    return Stream.of(argument.description())
        .map(line -> line.replace("${DEFAULT-VALUE}", value))
        .toArray(String[]::new);
  }

  private static String prose(String[] lines) {
    return Stream.of(lines)
        .flatMap(line -> Stream.of(line.replace("%%", "%").split("%n", -1)))
        .map(String::strip)
        .collect(Collectors.joining(" "))
        .strip()
        .replace("<", "&lt;");
  }
}
