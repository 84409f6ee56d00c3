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
import java.util.List;
import java.util.Locale;

/**
 * Looks at the promises of one plugin, in a process of its own: the plugin may end it, fill it or
 * never return. The verdict on each is a file, whose name is the rule's.
 */
final class ContractWorker {
  /** Name of the file that says that the plugin is loaded from now on. */
  static final String BEGUN = "begun";

  /** Name of the file that says that it was. */
  static final String LOADED = "loaded";

  private final Path answers;

  private ContractWorker(Path answers) {
    this.answers = answers;
  }

  /**
   * Runs it.
   *
   * @param arguments folder for the verdicts, jar, its hash, and names of the rules
   */
  public static void main(String[] arguments) throws IOException {
    Locale.setDefault(Locale.ROOT);
    TinyFixture.trained();
    List<ContractRule> rules = Arrays.stream(arguments).skip(3).map(ContractRule::valueOf).toList();
    new ContractWorker(Path.of(arguments[0])).check(Path.of(arguments[1]), arguments[2], rules);
    Runtime.getRuntime().halt(0); // whatever the plugin left running
  }

  private void check(Path jar, String sha256, List<ContractRule> rules) throws IOException {
    Files.createFile(answers.resolve(BEGUN));
    ContractSubject<?> subject;
    try {
      MethodDescriptor descriptor = PluginCatalog.descriptor(jar);
      subject = subject(LoadedPlugin.method(jar, sha256), descriptor);
    } catch (Throwable e) { // whatever a class does when it is made
      for (ContractRule rule : rules) {
        write(rule, rule == rules.get(0) ? broken(rule, e) : notChecked(rule));
      }
      return;
    }
    Files.createFile(answers.resolve(LOADED));
    for (ContractRule rule : rules) {
      write(rule, verdict(rule, subject));
    }
  }

  private static RuleVerdict broken(ContractRule rule, Throwable e) {
    return new RuleVerdict(rule.id(), Verdict.FAILED, found(e), rule.advice());
  }

  private static RuleVerdict notChecked(ContractRule rule) {
    return RuleVerdict.notChecked(rule.id(), ContractProcess.NO_CLASS);
  }

  private static <P extends Record> ContractSubject<P> subject(
      MitigationMethod<P> method, MethodDescriptor descriptor) {
    return new ContractSubject<>(
        () -> another(method), descriptor, descriptor.contractPoint(), Fidelity.CLEAN);
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

  private void write(ContractRule rule, RuleVerdict verdict) throws IOException {
    AtomicFiles.write(
        answers.resolve(rule.id() + ".json"), file -> Files.writeString(file, Json.line(verdict)));
  }

  private static RuleVerdict verdict(ContractRule rule, ContractSubject<?> subject) {
    try {
      if (!rule.appliesTo(subject)) {
        return new RuleVerdict(rule.id(), Verdict.NOT_APPLICABLE, "", "");
      }
      rule.check(subject);
      return RuleVerdict.passed(rule.id());
    } catch (Throwable e) { // whatever a method throws breaks the promise
      return broken(rule, e);
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
