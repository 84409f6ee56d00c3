package io.nepenthe.report.view;

import java.util.List;

/**
 * Which look a method has, so that it is the same in every report: the paper's methods and the
 * controls have places of their own; any other takes the next free one of its report.
 */
final class LookOrder {
  private static final List<String> PAPER =
      List.of(
          "no-mitigation",
          "random-pruning",
          "retrain-without-artifacts",
          "spectral-norm",
          "loss-truncation",
          "example-tied-dropout",
          "both-fine-tuning",
          "clean-fine-tuning",
          "extra-fine-tuning",
          "hard-concrete",
          "slim",
          "act",
          "integrated-gradients",
          "zero",
          "greedy",
          "sou",
          "durable",
          "durable-agg",
          "subnet",
          "balanced-subnet");

  private int next = PAPER.size();

  /** Returns the look of the next method, in the report's order. */
  MethodLook of(String method) {
    int place = PAPER.indexOf(method);
    return MethodLook.of(place < 0 ? next++ : place);
  }
}
