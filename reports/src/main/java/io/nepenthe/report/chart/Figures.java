package io.nepenthe.report.chart;

import io.nepenthe.report.draw.Figure;
import io.nepenthe.report.lasting.TaskChallenges;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.TaskFamily;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Every figure that a run's data allow, those on what forgetting costs and whether it lasts before
 * those on training. A figure that would be empty is not among them. Tasks that differ only in size
 * or moment of training are compared in common figures, and have few of their own.
 */
public final class Figures {
  private Figures() {}

  public static List<Figure> of(ReportModel report) {
    List<TaskFamily> families = TaskFamily.of(report);
    Set<String> varied = new HashSet<>();
    families.forEach(family -> varied.addAll(family.tasks()));
    List<Figure> figures = new ArrayList<>(CriticalDifferenceChart.of(report));
    for (String task : report.tasks()) {
      List<Figure> ofTask = new ArrayList<>(TradeoffChart.of(report, task));
      if (!varied.contains(task)) {
        FrontChart.of(report, task).ifPresent(ofTask::add);
        GroupChart.of(report, task).ifPresent(ofTask::add);
      }
      ofTask.forEach(figure -> figures.add(figure.ofTask(task)));
    }
    List<TaskFamily> models = families.stream().filter(TaskFamily::isOneModel).toList();
    figures.addAll(MomentChart.of(report, models));
    families.forEach(family -> figures.addAll(ChangeChart.of(report, family)));
    ProfileChart.of(report).ifPresent(figures::add);
    for (TaskChallenges task : TaskChallenges.of(report)) {
      List<Figure> ofTask = new ArrayList<>();
      RetentionChart.of(task).ifPresent(ofTask::add);
      RelearningChart.of(task).ifPresent(ofTask::add);
      ofTask.forEach(figure -> figures.add(figure.ofTask(task.task())));
    }
    Set<String> shown = new HashSet<>();
    figures.addAll(ModelTrainingChart.of(report, models));
    models.forEach(model -> shown.addAll(model.tasks()));
    for (TaskFamily family : families) {
      Optional<Figure> sizes = TaskTrainingChart.of(report, family);
      sizes.ifPresent(figure -> shown.addAll(family.tasks()));
      sizes.ifPresent(figures::add);
    }
    for (String task : report.tasks()) {
      List<Figure> ofTask = new ArrayList<>();
      if (!shown.contains(task)) {
        TrainingChart.of(report, task).ifPresent(ofTask::add);
      }
      CopiesChart.of(report, task).ifPresent(ofTask::add);
      RegularizerChart.of(report, task).ifPresent(ofTask::add);
      ofTask.forEach(figure -> figures.add(figure.ofTask(task)));
    }
    return List.copyOf(figures);
  }
}
