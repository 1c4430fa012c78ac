package dev.landfall.connector.outcome;

/** What sort of thing went wrong; decides how a host reacts. Closed: a host knows every kind. */
public enum ProblemKind {
  /** A setting, a mapping or an address is wrong; a person has to change it. */
  CONFIGURATION,
  /** The destination does not accept the credentials. */
  AUTHENTICATION,
  /** The credentials are good, but may not do this. A host ends this direction only. */
  PERMISSION,
  /** The target (the group, the table) does not exist. */
  TARGET_NOT_FOUND,
  /** This one record cannot be delivered. */
  RECORD,
  /** The destination asks for fewer calls. A host pauses the whole session. */
  THROTTLED,
  /** The destination cannot be reached, or answers with a server error. */
  UNAVAILABLE,
  /** The destination answered with something that its contract does not allow. */
  PROTOCOL,
  /** The connector or the host is at fault. */
  INTERNAL
}
