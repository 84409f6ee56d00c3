package io.nepenthe.report.view;

import io.nepenthe.plugin.EditedPart;
import io.nepenthe.plugin.Family;
import io.nepenthe.runstore.MethodInfo;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.summary.StoredRun;
import io.nepenthe.summary.SummaryRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The order of methods, that of the paper's tables: the original model, controls, regularizers,
 * fine-tunings, unlearning; within a family the suite's order. Methods of which nothing is known
 * yet come last.
 */
public final class MethodOrder {
  static final String ORIGINAL_LABEL = "Original model";
  static final String CONTROLS = "Controls";

  private MethodOrder() {}

  private record Known(String id, String name, @Nullable Family family, MethodInfo info) {
    /** Completes what a row or trial says, if there is one, by what is known of the method. */
    static Known of(
        String id, @Nullable String name, @Nullable Family family, @Nullable MethodInfo info) {
      MethodInfo known = Objects.requireNonNullElse(info, MethodInfo.UNKNOWN);
      String label = name == null ? known.name() : name;
      return new Known(
          id, label == null ? id : label, family == null ? known.family() : family, known);
    }

    @Nullable EditedPart edits() {
      return family == Family.UNLEARNING ? info.edits() : null;
    }
  }

  public static List<MethodView> of(StoredRun run) {
    List<Known> sorted = new ArrayList<>(known(run).values());
    sorted.sort(Comparator.comparingInt(MethodOrder::rank));
    List<MethodView> methods = new ArrayList<>();
    LookOrder looks = new LookOrder();
    for (Known method : sorted) {
      boolean original = method.id().equals(SummaryRow.ORIGINAL);
      MethodLook look = original ? MethodLook.original() : looks.of(method.info().look());
      methods.add(
          new MethodView(
              method.id(),
              label(method, sorted),
              group(method),
              look,
              method.edits(),
              Boolean.TRUE.equals(method.info().retrains())));
    }
    return List.copyOf(methods);
  }

  private static Map<String, Known> known(StoredRun run) {
    Map<String, MethodInfo> infos = run.info().methodInfo();
    Map<String, Known> named = new LinkedHashMap<>();
    for (SummaryRow row : run.summary()) {
      named.putIfAbsent(
          row.method(), Known.of(row.method(), row.name(), row.family(), infos.get(row.method())));
    }
    for (TrialResult trial : run.trials()) {
      String id = trial.identity().method();
      named.putIfAbsent(id, Known.of(id, trial.methodName(), trial.family(), infos.get(id)));
    }
    Set<String> order = new LinkedHashSet<>(run.info().methods());
    order.addAll(named.keySet());
    Map<String, Known> known = new LinkedHashMap<>();
    for (String id : order) {
      known.put(id, named.getOrDefault(id, Known.of(id, null, null, infos.get(id))));
    }
    return known;
  }

  private static int rank(Known method) {
    if (method.id().equals(SummaryRow.ORIGINAL)) {
      return -1;
    }
    Family family = method.family();
    return family == null ? Family.values().length : Arrays.asList(Family.values()).indexOf(family);
  }

  private static String label(Known method, List<Known> all) {
    if (method.id().equals(SummaryRow.ORIGINAL)) {
      return ORIGINAL_LABEL;
    }
    boolean shared = all.stream().filter(each -> each.name().equals(method.name())).count() > 1;
    return shared || method.name().equals(ORIGINAL_LABEL)
        ? method.name() + " (" + method.id() + ")"
        : method.name();
  }

  private static String group(Known method) {
    if (method.id().equals(SummaryRow.ORIGINAL)) {
      return "Original model";
    }
    return method.family() == null ? "Not run yet" : group(method.family());
  }

  /** Returns the heading of a family's methods, as printed. */
  public static String group(Family family) {
    return switch (family) {
      case CONTROL -> CONTROLS;
      case REGULARIZER -> "Regularizers";
      case FINE_TUNING -> "Fine-tuning";
      case UNLEARNING -> "Unlearning";
    };
  }
}
