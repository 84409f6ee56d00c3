package io.nepenthe.protocol;

/** The version of the measuring rules; results compare only within one Major.Minor. */
public final class ProtocolVersion {
  /** The current protocol, Major.Minor. */
  public static final String CURRENT = "1.1";

  /**
   * The first protocol that trains as this one does: what was trained since then is still valid.
   */
  public static final String TRAINING = "1.0";

  private ProtocolVersion() {}

  /** Returns the current protocol as a three-part version, as plugin manifests state it. */
  public static String semantic() {
    return CURRENT + ".0";
  }
}
