package io.nepenthe.report.view;

import io.nepenthe.plugin.Family;
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

  private record Known(String id, String name, @Nullable Family family) {}

  public static List<MethodView> of(StoredRun run) {
    List<Known> sorted = new ArrayList<>(known(run).values());
    sorted.sort(Comparator.comparingInt(MethodOrder::rank));
    List<MethodView> methods = new ArrayList<>();
    LookOrder looks = new LookOrder();
    for (Known method : sorted) {
      boolean original = method.id().equals(SummaryRow.ORIGINAL);
      MethodLook look = original ? MethodLook.original() : looks.of(method.id());
      methods.add(new MethodView(method.id(), label(method, sorted), group(method), look));
    }
    return List.copyOf(methods);
  }

  private static Map<String, Known> known(StoredRun run) {
    Map<String, Known> named = new LinkedHashMap<>();
    for (SummaryRow row : run.summary()) {
      named.putIfAbsent(row.method(), new Known(row.method(), row.name(), row.family()));
    }
    for (TrialResult trial : run.trials()) {
      String id = trial.identity().method();
      named.putIfAbsent(id, new Known(id, trial.methodName(), trial.family()));
    }
    Set<String> order = new LinkedHashSet<>(run.info().methods());
    order.addAll(named.keySet());
    Map<String, Known> known = new LinkedHashMap<>();
    for (String id : order) {
      known.put(id, named.getOrDefault(id, new Known(id, id, null)));
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

  private static String group(Family family) {
    return switch (family) {
      case CONTROL -> CONTROLS;
      case REGULARIZER -> "Regularizers";
      case FINE_TUNING -> "Fine-tuning";
      case UNLEARNING -> "Unlearning";
    };
  }
}
