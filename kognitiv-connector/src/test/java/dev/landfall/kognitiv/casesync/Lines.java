package dev.landfall.kognitiv.casesync;

/** Lines of files, believable and short. */
final class Lines {

  static final String HEADER =
      "CaseId|Timestamp|User|Action|Descriptor|Category|Queue|Location|CaseOpenSummary"
          + "|CaseCloseSummary|MemberInternalId|MemberPrimaryId|MemberFirstName|MemberLastName\n";

  private static final String MEMBER = "|71291|3451119807|Ada|Adams\n";

  private Lines() {}

  /** A moment of the fifth of September 2013. */
  static String at(int second) {
    return "2013-09-05 21:%02d:%02d.750".formatted(second / 60 % 60, second % 60);
  }

  static String touched(long id, int second) {
    return id + "|" + at(second) + "|Eva Evans|TOCH||||||" + MEMBER;
  }

  static String opened(long id, int second, String summary) {
    return id + "|" + at(second) + "||OPEN||G|PI|132|" + summary + "|" + MEMBER;
  }

  static String closed(long id, int second, String summary, String closing) {
    return id + "|" + at(second) + "||CLSD||||132|" + summary + "|" + closing + MEMBER;
  }

  static String described(long id, int second, String descriptor) {
    return id + "|" + at(second) + "|Eva Evans|ADDD|" + descriptor + "|||||" + MEMBER;
  }

  static String entry(long id, int second, String type, String text) {
    return id + "|" + at(second) + "|Eva Evans|" + type + "|" + text + "\n";
  }

  /** Touches of case after case, a second apart. */
  static String touches(int first, int last) {
    StringBuilder lines = new StringBuilder();
    for (int i = first; i <= last; i++) {
      lines.append(touched(i, i % 3600));
    }
    return lines.toString();
  }

  /** The name of the updates of a day in September 2013. */
  static String file(int day) {
    return "CaseUpdatesSync_201309%02d.txt".formatted(day);
  }
}
