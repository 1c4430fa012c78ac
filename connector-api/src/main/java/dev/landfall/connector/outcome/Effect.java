package dev.landfall.connector.outcome;

/** What a delivered change did to the destination, as far as it says so. */
public enum Effect {
  /** The destination says that something changed. */
  CHANGED,
  /** The destination was already in the asked state. */
  UNCHANGED,
  /** The destination does not say which of the two it was. */
  UNREPORTED
}
