package dev.landfall.connector.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The valid words that someone who mistyped one may have meant. */
public final class Nearest {

  private Nearest() {}

  /**
   * The one word that was most probably meant.
   *
   * @param mistyped what stands there
   * @param words what may stand there
   * @return the nearest word, the first of several that are as near; empty if none is near
   */
  public static Optional<String> to(String mistyped, Collection<String> words) {
    return inOrder(mistyped, words).stream()
        .findFirst()
        .filter(word -> isNear(distance(fold(mistyped), fold(word)), mistyped.length()));
  }

  /**
   * The end of a message about a word that does not exist.
   *
   * @param mistyped what stands there
   * @param words what may stand there
   * @return a blank and the question whether the nearest word was meant; empty if none is near
   */
  public static String question(String mistyped, Collection<String> words) {
    return to(mistyped, words).map(word -> " Did you mean \"" + word + "\"?").orElse("");
  }

  /**
   * All words, however far.
   *
   * @param mistyped what stands there
   * @param words what may stand there
   * @return the words, the nearest first; those as near as each other in the order they were given
   */
  public static List<String> inOrder(String mistyped, Collection<String> words) {
    return words.stream()
        .sorted(Comparator.comparingInt(word -> distance(fold(mistyped), fold(word))))
        .toList();
  }

  /** Two letters of a short word may be wrong, a third of a long one, but never all of them. */
  private static boolean isNear(int distance, int length) {
    return distance <= Math.max(2, length / 3) && distance < length;
  }

  private static String fold(String word) {
    return word.strip().toLowerCase(Locale.ROOT);
  }

  /** How many letters to insert, drop or replace (Levenshtein). */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
