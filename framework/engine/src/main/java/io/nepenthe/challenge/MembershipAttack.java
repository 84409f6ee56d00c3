package io.nepenthe.challenge;

import io.nepenthe.attack.MembershipScores;
import io.nepenthe.statistics.RocArea;
import java.util.Optional;

/** A score by which membership inference guesses what a model was trained on. */
public enum MembershipAttack {
  /** The loss. */
  LOSS("loss", "membershipLoss", "membership by loss") {
    @Override
    Optional<RocArea> area(Surprise seen, Optional<Surprise> retrained, double share) {
      return seen.area(MembershipScores::loss);
    }
  },
  /** Min-K%. */
  MIN_K("min-k", "membershipMinK", "membership by Min-K%") {
    @Override
    Optional<RocArea> area(Surprise seen, Optional<Surprise> retrained, double share) {
      return seen.area(row -> MembershipScores.minK(row, share));
    }
  },
  /** Min-K%++. */
  MIN_K_PLUS_PLUS("min-k++", "membershipMinKPlusPlus", "membership by Min-K%++") {
    @Override
    Optional<RocArea> area(Surprise seen, Optional<Surprise> retrained, double share) {
      return seen.area(row -> MembershipScores.minKPlusPlus(row, share));
    }
  },
  /** The loss less that of the model trained without artifacts. */
  REFERENCE("reference", "membershipReference", "membership by a reference") {
    @Override
    Optional<RocArea> area(Surprise seen, Optional<Surprise> retrained, double share) {
      return retrained.flatMap(without -> seen.area(without, MembershipScores::reference));
    }
  };

  private final String variant;
  private final String id;
  private final String title;

  MembershipAttack(String variant, String id, String title) {
    this.variant = variant;
    this.id = id;
    this.title = title;
  }

  /** Returns the variant of the challenge {@code membership} under which its area is stored. */
  public String variant() {
    return variant;
  }

  /** Returns under which id other challenges store its area. */
  public String id() {
    return id;
  }

  /** Returns its name in tables. */
  public String title() {
    return title;
  }

  /**
   * Returns how well it tells planted rows from those that were never planted; empty without rows.
   *
   * @param retrained what the model trained without artifacts makes of the rows
   * @param share of the tokens that Min-K% looks at
   */
  abstract Optional<RocArea> area(Surprise seen, Optional<Surprise> retrained, double share);
}
