package dev.landfall.kognitiv;

import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What the words of an error answer say, as far as they can be understood: the shape of Kognitiv's
 * errors is not published. Errs towards understanding nothing.
 */
final class ErrorWords {

  private static final int LONGEST = 4096;

  private static final Pattern ALREADY_MEMBER =
      Pattern.compile(
          "(?<!not )\\balready (a )?(group )?member\\b"
              + "|(?<!not )\\balready (exists |present |included |contained )?in (the |this )?group\\b"
              + "|(?<!not )\\balready (part of|belongs to|assigned to|added to) (the |this )?group\\b"
              + "|\\bmember(ship)? already (exists|added|assigned)\\b");
  private static final Pattern INACTIVE =
      Pattern.compile("\\b(inactive|suspended|deactivated|disabled|not active)\\b");
  private static final Pattern MEMBER = Pattern.compile("\\bmembers?\\b");
  private static final Pattern GROUP_MISSING =
      Pattern.compile(
          "\\bgroup (external )?(reference )?(id )?(was |is |could |does |do )?"
              + "(not found|not exist|not be found|unknown|invalid|doesn t exist)\\b"
              + "|\\b(no such|unknown|invalid) group\\b");

  private final String words;

  private ErrorWords(String words) {
    this.words = words;
  }

  /**
   * The words of an answer, without the parts of the address, which are no one's statement.
   *
   * @param answer the answer
   * @param reference the group's reference
   * @param memberId the member's id
   */
  static ErrorWords of(Answer answer, String reference, String memberId) {
    if (answer.webPage()) {
      return new ErrorWords("");
    }
    String text = answer.json().map(ErrorWords::statements).orElseGet(answer::text);
    text = without(memberId, without(reference, text));
    if (text.length() > LONGEST) {
      text = text.substring(0, LONGEST);
    }
    String plain =
        text.replaceAll("(\\p{Ll})(\\p{Lu})", "$1 $2")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^\\p{L}\\p{N}.]+", " ")
            .replace('.', '\n')
            .replaceAll("\\b(promotional )?member group\\b", "group");
    return new ErrorWords(plain);
  }

  /** Whether an addition was refused because the member is in the group already. */
  boolean sayAlreadyMember() {
    return ALREADY_MEMBER.matcher(words).find();
  }

  /** Whether the member is inactive. */
  boolean sayInactive() {
    return INACTIVE.matcher(words).find();
  }

  /** Whether it is the group that is missing, and not a member of it. */
  boolean sayGroupMissing() {
    return GROUP_MISSING.matcher(words).find() && !MEMBER.matcher(words).find();
  }

  /** Only where it stands by itself: the reference of a group may be a single letter. */
  private static String without(String name, String text) {
    return Pattern.compile("(?<![\\p{L}\\p{N}])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}])")
        .matcher(text)
        .replaceAll(" ");
  }

  private static String statements(JsonNode json) {
    StringBuilder all = new StringBuilder();
    collect(json.has("errors") ? json.path("errors") : json, all);
    return all.toString();
  }

  private static void collect(JsonNode node, StringBuilder all) {
    if (all.length() > LONGEST) {
      return;
    }
    if (node.isString()) {
      all.append(node.asString()).append(". ");
    }
    node.forEach(child -> collect(child, all));
  }
}
