package dev.landfall.connector.settings;

/** One value of a select setting; implemented by an enum. */
public interface Choice {
  /**
   * The word in a manifest.
   *
   * @return lower-case, stable
   */
  String id();

  /**
   * The words a person sees.
   *
   * @return a label
   */
  String label();
}
