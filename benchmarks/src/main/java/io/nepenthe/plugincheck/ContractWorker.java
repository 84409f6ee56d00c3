package io.nepenthe.plugincheck;

import io.nepenthe.files.AtomicFiles;
import io.nepenthe.json.Json;
import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.pluginhost.LoadedPlugin;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.testkit.ContractRule;
import io.nepenthe.testkit.ContractSubject;
import io.nepenthe.testkit.TinyFixture;
import io.nepenthe.wording.Words;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Looks at the promises of one plugin, in a process of its own: the plugin may end it, fill it or
 * never return. The verdict on each is a file, whose name is the rule's.
 */
final class ContractWorker {
  private static final int COMPARED_VALUES = 2;

  private final Path answers;
  private final ContractSubject<?> subject;

  private ContractWorker(Path answers, ContractSubject<?> subject) {
    this.answers = answers;
    this.subject = subject;
  }

  /**
   * Runs it.
   *
   * @param arguments folder for the verdicts, jar, its hash, and names of the rules
   */
  public static void main(String[] arguments) throws IOException {
    Locale.setDefault(Locale.ROOT);
    TinyFixture.trained();
    Path jar = Path.of(arguments[1]);
    MethodDescriptor descriptor = PluginCatalog.descriptor(jar);
    MitigationMethod<?> method = LoadedPlugin.method(jar, arguments[2]);
    ContractWorker worker = new ContractWorker(Path.of(arguments[0]), subject(method, descriptor));
    for (String rule : Arrays.asList(arguments).subList(3, arguments.length)) {
      worker.check(ContractRule.valueOf(rule));
    }
    Runtime.getRuntime().halt(0); // whatever the plugin left running
  }

  private static <P extends Record> ContractSubject<P> subject(
      MitigationMethod<P> method, MethodDescriptor descriptor) {
    Map<String, Number> point = descriptor.expand(Map.of()).get(0);
    Map<String, List<Object>> grid = new LinkedHashMap<>();
    descriptor
        .grid("math")
        .orElse(Map.of())
        .forEach(
            (name, values) ->
                grid.put(name, values.subList(0, Math.min(COMPARED_VALUES, values.size()))));
    return new ContractSubject<>(() -> another(method), descriptor, point, grid, Fidelity.CLEAN);
  }

  @SuppressWarnings("unchecked")
  private static <M> M another(M method) {
    try {
      Constructor<?> constructor = method.getClass().getDeclaredConstructor();
      constructor.setAccessible(true);
      return (M) constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make another " + method.getClass().getName(), e);
    }
  }

  private void check(ContractRule rule) throws IOException {
    RuleVerdict verdict = verdict(rule);
    AtomicFiles.write(
        answers.resolve(rule.id() + ".json"), file -> Files.writeString(file, Json.line(verdict)));
  }

  private RuleVerdict verdict(ContractRule rule) {
    try {
      if (!rule.appliesTo(subject)) {
        return new RuleVerdict(rule.id(), Verdict.NOT_APPLICABLE, "", "");
      }
      rule.check(subject);
      return RuleVerdict.passed(rule.id());
    } catch (Throwable e) { // whatever a method throws breaks the promise
      return new RuleVerdict(rule.id(), Verdict.FAILED, found(e), rule.advice());
    } finally {
      Thread.interrupted();
    }
  }

  private static String found(Throwable e) {
    try {
      String words = Words.line(e.getMessage());
      return e instanceof AssertionError ? words : e.getClass().getSimpleName() + ": " + words;
    } catch (Throwable own) { // a plugin's class may do anything here
      return e.getClass().getName();
    }
  }
}
