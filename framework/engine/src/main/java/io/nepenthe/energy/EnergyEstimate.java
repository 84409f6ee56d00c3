package io.nepenthe.energy;

/**
 * Energy and carbon that node hours take on a machine, by the paper's equations 4 and 5 (section
 * A.6). Nothing here is measured.
 *
 * @param profile name of the machine's profile
 * @param wattsPerNode what one of its nodes draws
 * @param nodeHours hours of use, summed over nodes
 * @param energyWattHours equation 4
 * @param carbonGrams equation 5: grams of CO2 equivalents
 */
public record EnergyEstimate(
    String profile,
    double wattsPerNode,
    double nodeHours,
    double energyWattHours,
    double carbonGrams) {
  private static final double WATTS_PER_KILOWATT = 1000;

  /** Returns the estimate for so many node hours. */
  public static EnergyEstimate of(MachineProfile profile, double nodeHours) {
    if (!(nodeHours >= 0 && nodeHours < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "nodeHours is " + nodeHours + ", must be at least 0 and finite");
    }
    double wattHours = nodeHours * profile.wattsPerNode();
    return new EnergyEstimate(
        profile.name(),
        profile.wattsPerNode(),
        nodeHours,
        wattHours,
        wattHours / WATTS_PER_KILOWATT * profile.carbonGramsPerKilowattHour());
  }

  /** Returns the part of it that a share of the node hours, in [0, 1], takes. */
  public EnergyEstimate share(double share) {
    return new EnergyEstimate(
        profile, wattsPerNode, nodeHours * share, energyWattHours * share, carbonGrams * share);
  }
}
