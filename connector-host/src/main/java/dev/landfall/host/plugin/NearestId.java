package dev.landfall.host.plugin;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the id that someone who mistyped one may have meant. */
final class NearestId {

  private NearestId() {}

  static Optional<String> of(String mistyped, Collection<String> ids) {
    return ids.stream()
        .min(Comparator.comparingInt((String id) -> distance(id, mistyped)))
        .filter(id -> distance(id, mistyped) <= Math.max(2, mistyped.length() / 3));
  }

  /** How many characters have to be changed, added or dropped. */
  private static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int above = row[j];
        int changed = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(Math.min(row[j], row[j - 1]) + 1, changed);
        diagonal = above;
      }
    }
    return row[right.length()];
  }
}
