package io.nepenthe.statistics;

import io.nepenthe.statistics.ThreeSeeds.PairOrder;
import io.nepenthe.statistics.ThreeSeeds.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Counts over triples of seeds what {@link ThreeSeeds} tells. */
final class TripleStudy {
  /** Of more triples than these, so many are drawn. */
  static final int MOST = 2_000;

  /** The draw is the same for equal runs. */
  private static final long DRAW = 3;

  /** Share of triples beyond either end of a method's places. */
  private static final double TAIL = 0.05;

  private final PairedScores paired;
  private final List<String> methods;

  /** By method, best first, then seed. */
  private final double[][] scores;

  /** Means over all seeds. */
  private final double[] means;

  private final boolean isSample;
  private final List<int[]> triples;

  /** Means by triple, then method. */
  private final List<double[]> meansOfThree;

  TripleStudy(PairedScores paired) {
    this.paired = paired;
    methods =
        paired.methods().stream()
            .sorted(Comparator.comparingDouble(each -> mean(values(paired, each))))
            .toList();
    scores = methods.stream().map(each -> values(paired, each)).toArray(double[][]::new);
    means = Arrays.stream(scores).mapToDouble(TripleStudy::mean).toArray();
    long n = paired.seeds().size();
    isSample = n * (n - 1) * (n - 2) / 6 > MOST;
    triples = isSample ? drawn((int) n) : all((int) n);
    meansOfThree =
        triples.stream()
            .map(of -> Arrays.stream(scores).mapToDouble(each -> mean(three(each, of))).toArray())
            .toList();
  }

  private static double[] values(PairedScores paired, String method) {
    return paired.of(method).stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double mean(double... values) {
    return Arrays.stream(values).sum() / values.length;
  }

  private static double[] three(double[] values, int[] triple) {
    return Arrays.stream(triple).mapToDouble(i -> values[i]).toArray();
  }

  private static List<int[]> all(int seeds) {
    List<int[]> triples = new ArrayList<>();
    for (int a = 0; a < seeds; a++) {
      for (int b = a + 1; b < seeds; b++) {
        for (int c = b + 1; c < seeds; c++) {
          triples.add(new int[] {a, b, c});
        }
      }
    }
    return triples;
  }

  private static List<int[]> drawn(int seeds) {
    SplittableRandom random = new SplittableRandom(DRAW);
    List<int[]> triples = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      triples.add(random.ints(0, seeds).distinct().limit(3).toArray());
    }
    return triples;
  }

  ThreeSeeds result() {
    ToldApart tests = ToldApart.byMeans(paired);
    List<PairOrder> pairs = pairs(tests.told());
    return new ThreeSeeds(
        paired.seeds().size(),
        triples.size(),
        isSample,
        IntStream.range(0, methods.size()).mapToObj(this::position).toList(),
        pairs,
        share(of -> first(of, 0)),
        pairs.stream().mapToDouble(PairOrder::agrees).average().orElse(1),
        share(of -> isSameOrder(of) ? 1 : 0),
        tests.told().size(),
        triples.stream().mapToInt(this::told).average().orElseThrow());
  }

  private double share(ToDoubleFunction<double[]> ofMeans) {
    return meansOfThree.stream().mapToDouble(ofMeans).average().orElseThrow();
  }

  /** Returns 1 if the method alone has the lowest mean, a part of it where several have. */
  private static double first(double[] of, int method) {
    double lowest = Arrays.stream(of).min().orElseThrow();
    return of[method] > lowest ? 0 : 1.0 / Arrays.stream(of).filter(m -> m == lowest).count();
  }

  private Position position(int method) {
    int[] places =
        meansOfThree.stream()
            .mapToInt(of -> 1 + (int) Arrays.stream(of).filter(m -> m < of[method]).count())
            .sorted()
            .toArray();
    int beyond = (int) (TAIL * places.length);
    return new Position(
        methods.get(method),
        means[method],
        share(of -> first(of, method)),
        places[beyond],
        places[places.length - 1 - beyond]);
  }

  private List<PairOrder> pairs(Set<Set<String>> told) {
    List<PairOrder> pairs = new ArrayList<>();
    for (int i = 0; i < means.length; i++) {
      for (int j = i + 1; j < means.length; j++) {
        int better = i;
        int worse = j;
        double difference = means[worse] - means[better];
        if (difference > 0) {
          pairs.add(
              new PairOrder(
                  methods.get(better),
                  methods.get(worse),
                  difference,
                  share(of -> (1 - Math.signum(of[better] - of[worse])) / 2),
                  told.contains(Set.of(methods.get(better), methods.get(worse)))));
        }
      }
    }
    return pairs;
  }

  private boolean isSameOrder(double[] of) {
    for (int i = 0; i < of.length; i++) {
      for (int j = i + 1; j < of.length; j++) {
        if (means[i] < means[j] && of[i] >= of[j]) {
          return false;
        }
      }
    }
    return true;
  }

  /** Returns how many pairs the tests of three seeds tell apart. */
  private int told(int... triple) {
    List<Double> p = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      double[] first = three(scores[i], triple);
      for (int j = i + 1; j < scores.length; j++) {
        p.add(p(first, three(scores[j], triple)));
      }
    }
    return (int) Holm.adjust(p).stream().filter(each -> each < Ranking.LEVEL).count();
  }

  /**
   * The p of {@link PairedTest}, which is too slow for all triples: Student's t of two degrees of
   * freedom has a distribution in closed form.
   */
  static double p(double[] first, double[] second) {
    double[] difference = new double[3];
    Arrays.setAll(difference, i -> first[i] - second[i]);
    double mean = mean(difference);
    double squares = Arrays.stream(difference).map(d -> (d - mean) * (d - mean)).sum();
    if (squares <= 1e-24 * mean * mean) {
      return mean == 0 ? 1 : SignedRanks.smallestP(3);
    }
    double t = Math.abs(mean) / Math.sqrt(squares / 6);
    return 1 - t / Math.sqrt(t * t + 2);
  }
}
