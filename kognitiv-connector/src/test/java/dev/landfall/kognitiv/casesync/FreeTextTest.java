package dev.landfall.kognitiv.casesync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that hold what takes rows and columns apart: what is certain, and what is not. */
class FreeTextTest {

  private static final String DAY = Lines.file(5);
  private static final String ENTRIES = "CaseEntriesSync_20130905.txt";
  private static final String BEFORE = Lines.touched(1, 0);
  private static final String AFTER = Lines.touched(9, 59);

  @TempDir private Path folder;
  private Drop drop;

  @BeforeEach
  void aFolder() {
    drop = new Drop(folder);
  }

  /** Reads lines between two good rows, which both have to come. */
  private Drop.Read between(String lines) {
    drop.write(DAY, BEFORE + lines + AFTER);
    Drop.Read read = drop.updates();
    assertThat(read.texts("case_id")).startsWith("1").endsWith("9");
    return read;
  }

  private void keptAside(String code, String... lines) {
    Drop.Read read = between(String.join("", lines));
    assertThat(read.texts("case_id")).containsExactly("1", "9");
    assertThat(read.malformed()).extracting(m -> m.raw() + "\n").containsExactly(lines);
    assertThat(read.codes()).containsOnly(code);
    long position = 2;
    for (int i = 0; i < lines.length; i++) {
      assertThat(read.malformed().get(i).origin()).isEqualTo(DAY);
      assertThat(read.malformed().get(i).position()).isEqualTo(position);
      position += lines[i].lines().count();
    }
  }

  @Test
  void quotesAreText() {
    Drop.Read read = between(Lines.closed(2, 1, "\"He said \"no\"", "It's 5\" long\""));

    assertThat(read.texts("case_open_summary").get(1)).isEqualTo("\"He said \"no\"");
    assertThat(read.texts("case_close_summary").get(1)).isEqualTo("It's 5\" long\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a|b", "|", "||||||", "a | b | c", "ends with |", "| begins", "1|2|3|4"})
  void pipesInTheTextOfACaseThatIsOpenedAreText(String text) {
    Drop.Read read = between(Lines.opened(2, 1, text));

    assertThat(read.texts("case_open_summary").get(1)).isEqualTo(text);
    assertThat(read.texts("case_close_summary").get(1)).isEqualTo("null");
    assertThat(read.texts("member_internal_id").get(1)).isEqualTo("71291");
    assertThat(read.texts("member_last_name").get(1)).isEqualTo("Adams");
  }

  @Test
  void aPipeInTheTextsOfAClosedCaseMayBelongToEither() {
    keptAside("kognitiv.case-text-ambiguous", Lines.closed(2, 1, "points | miles", "Done."));
  }

  @Test
  void aPipeBesideAnEmptyTextMayBelongToEither() {
    keptAside("kognitiv.case-text-ambiguous", Lines.closed(2, 1, "", "Done | filed."));
  }

  @Test
  void aPipeInAnyOtherRowMayBelongToEitherText() {
    keptAside("kognitiv.case-text-ambiguous", Lines.touched(2, 1).replace("|71291", "||71291"));
  }

  @Test
  void aPipeUnderAnUnknownCodeIsKeptAside() {
    keptAside("kognitiv.case-text-ambiguous", Lines.opened(2, 1, "a|b").replace("OPEN", "OPN2"));
  }

  @Test
  void anOpenedCaseWithPipesAndAClosingTextContradictsItself() {
    keptAside(
        "kognitiv.case-text-ambiguous", Lines.closed(2, 1, "a|b", "Done.").replace("CLSD", "OPEN"));
  }

  @Test
  void pipesInANameShiftTheMembersIdsAndAreKeptAside() {
    keptAside(
        "kognitiv.case-text-ambiguous", Lines.opened(2, 1, "text").replace("Adams", "Ad|ams"));
  }

  @Test
  void pipesWithAMemberWithoutIdsAreKeptAside() {
    keptAside(
        "kognitiv.case-text-ambiguous",
        Lines.opened(2, 1, "a|b").replace("71291|3451119807|Ada|Adams", "|||"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"one\ntwo", "one\n\n\nthree", "\n", "one\r\ntwo", "1\n2"})
  void lineBreaksInAnOpeningTextArePutBackTogether(String text) {
    Drop.Read read = between(Lines.opened(2, 1, text));

    assertThat(read.texts("case_open_summary").get(1)).isEqualTo(text.replace("\r\n", "\n"));
    assertThat(read.texts("member_last_name").get(1)).isEqualTo("Adams");
    assertThat(read.texts("source_line"))
        .containsExactly("1", "2", String.valueOf(2 + Lines.opened(2, 1, text).lines().count()));
    assertThat(read.malformed()).isEmpty();
  }

  @Test
  void lineBreaksInBothTextsArePutBackTogether() {
    Drop.Read read = between(Lines.closed(2, 1, "one\ntwo", "three\n\nfour"));

    assertThat(read.texts("case_open_summary").get(1)).isEqualTo("one\ntwo");
    assertThat(read.texts("case_close_summary").get(1)).isEqualTo("three\n\nfour");
  }

  @Test
  void aTextOfSeveralLinesMayGoOnToTheEndOfTheFile() {
    drop.write(DAY, Lines.closed(2, 1, "one\ntwo", "three\nfour"));

    assertThat(drop.updates().texts("case_close_summary")).containsExactly("three\nfour");
  }

  @Test
  void blanksBeforeALineBreakBelongToTheText() {
    assertThat(between(Lines.opened(2, 1, "one  \n  two")).texts("case_open_summary").get(1))
        .isEqualTo("one  \n  two");
  }

  @Test
  void aTextThatIsCutOffByAnotherRowIsKeptAsideAndTheRowIsRead() {
    keptAside("kognitiv.case-columns-missing", "2|" + Lines.at(1) + "||OPEN||G|PI|132|Memb\n");
  }

  @Test
  void aTextThatIsCutOffByAHeaderIsKeptAside() {
    Drop.Read read =
        between("2|" + Lines.at(1) + "||OPEN||G|PI|132|Memb\nand more\n" + Lines.HEADER);

    assertThat(read.codes()).containsExactly("kognitiv.case-columns-missing");
    assertThat(read.malformed().get(0).raw()).endsWith("|Memb\nand more");
  }

  @Test
  void aTextThatIsCutOffByTheEndOfTheFileIsKeptAside() {
    drop.write(DAY, BEFORE + "2|" + Lines.at(1) + "||OPEN||G|PI|132|Memb\nand more\n");

    Drop.Read read = drop.updates();

    assertThat(read.texts("case_id")).containsExactly("1");
    assertThat(read.codes()).containsExactly("kognitiv.case-columns-missing");
    assertThat(read.malformed().get(0).raw()).endsWith("|Memb\nand more");
  }

  @Test
  void lineBreaksAndPipesTogetherAreNotCertain() {
    keptAside("kognitiv.case-text-ambiguous", Lines.opened(2, 1, "one\ntwo | three"));
  }

  @Test
  void linesThatMakeARowWhoseMemberIsNoNumberAreNotCertain() {
    keptAside(
        "kognitiv.case-text-ambiguous", Lines.opened(2, 1, "one\ntwo").replace("71291", "A1"));
  }

  @Test
  void aLineBreakOutsideOfTheTextsIsKeptAside() {
    String[] lines = Lines.touched(2, 1).replace("|TOCH", "\n|TOCH").split("(?<=\n)", -1);

    Drop.Read read = between(lines[0] + lines[1]);

    assertThat(read.texts("case_id")).containsExactly("1", "9");
    assertThat(read.codes())
        .containsExactly("kognitiv.case-columns-missing", "kognitiv.case-line-unknown");
    assertThat(read.malformed())
        .extracting(m -> m.raw() + "\n")
        .containsExactly(lines[0], lines[1]);
  }

  @Test
  void aLineBreakInANameIsKeptAside() {
    Drop.Read read = between(Lines.touched(2, 1).replace("Ada|", "A\nda|"));

    assertThat(read.texts("case_id")).containsExactly("1", "9");
    assertThat(read.malformed()).hasSize(2);
  }

  @Test
  void aRowInAPastedTextIsARow() {
    String pasted = Lines.touched(7, 3);

    Drop.Read read = between(Lines.opened(2, 1, "see:\n" + pasted + "thanks"));

    assertThat(read.texts("case_id")).containsExactly("1", "7", "9");
    assertThat(read.malformed()).hasSize(2);
  }

  @Test
  void linesThatBeginNoRowAreKeptAsideEach() {
    keptAside("kognitiv.case-line-unknown", "nothing of ours\n", "# a note\n", "|||\n");
  }

  @Test
  void aRowWithTooFewColumnsIsKeptAside() {
    keptAside("kognitiv.case-columns-missing", Lines.touched(2, 1).replace("|Ada|", "|"));
  }

  @Test
  void pipesInAnEntryAreText() {
    drop.write(ENTRIES, Lines.entry(1, 0, "PRIV", "a|b||c") + Lines.entry(2, 1, "PUBL", "d"));

    assertThat(drop.entries().texts("entry")).containsExactly("a|b||c", "d");
  }

  @Test
  void pipesInAnEntryOfAnUnknownTypeAreNotCertain() {
    drop.write(ENTRIES, Lines.entry(1, 0, "OTHR", "a|b") + Lines.entry(2, 1, "OTHR", "d"));

    Drop.Read read = drop.entries();

    assertThat(read.texts("entry")).containsExactly("d");
    assertThat(read.codes()).containsExactly("kognitiv.case-text-ambiguous");
  }

  @Test
  void aLineBreakInAnEntryLeavesALineOfItsOwn() {
    drop.write(ENTRIES, Lines.entry(1, 0, "PRIV", "one\ntwo") + Lines.entry(2, 1, "PUBL", "d"));

    Drop.Read read = drop.entries();

    assertThat(read.texts("entry")).containsExactly("one", "d");
    assertThat(read.malformed()).extracting(m -> m.raw()).containsExactly("two");
    assertThat(read.codes()).containsExactly("kognitiv.case-line-unknown");
  }

  @Test
  void nothingThatIsSaidOfWhatIsKeptAsideRepeatsIt() {
    Drop.Read read =
        between("secretive text\n" + Lines.touched(2, 1).replace("TOCH", "Ssecret") + "2|x\n");

    assertThat(read.malformed()).hasSize(3);
    assertThat(read.malformed().toString()).doesNotContain("ecret");
    assertThat(read.malformed()).allMatch(m -> !m.problem().toString().contains("ecret"));
  }
}
