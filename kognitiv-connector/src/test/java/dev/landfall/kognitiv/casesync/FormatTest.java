package dev.landfall.kognitiv.casesync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import dev.landfall.connector.Malformed;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms that a file may have, and what its columns may hold. */
class FormatTest {

  private static final String DAY = Lines.file(5);
  private static final String ENTRIES = "CaseEntriesSync_20130905.txt";

  @TempDir private Path folder;
  private Drop drop;

  @BeforeEach
  void aFolder() {
    drop = new Drop(folder);
  }

  @Test
  void aFileWithoutAHeaderIsReadFromItsFirstLine() {
    drop.write(DAY, Lines.touched(1, 0) + Lines.touched(2, 1));

    assertThat(drop.updates().texts("case_id")).containsExactly("1", "2");
    assertThat(drop.updates().texts("source_line")).containsExactly("1", "2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CaseId|Timestamp|User|EntryType|Entry",
        "CaseId|Timestamp|User|Entry Type|Entry",
        "CASEID | timestamp| User |entry type|ENTRY   ",
        "\uFEFFCaseId|Timestamp|User|EntryType|Entry\r",
        "Case Id|Time Stamp|User|EntryType|Entry \u00a0 "
      })
  void aHeaderIsKnownByItsNamesWhateverTheirCaseAndBlanks(String header) {
    drop.write(ENTRIES, header + "\n" + Lines.entry(1, 0, "PUBL", "Hello."));

    Drop.Read read = drop.entries();

    assertThat(read.texts("entry")).containsExactly("Hello.");
    assertThat(read.malformed()).isEmpty();
  }

  @Test
  void aHeaderInTheMiddleIsOneToo() {
    drop.write(
        DAY, Lines.HEADER + Lines.touched(1, 0) + "\uFEFF" + Lines.HEADER + Lines.touched(2, 1));

    Drop.Read read = drop.updates();

    assertThat(read.texts("source_line")).containsExactly("2", "4");
    assertThat(read.malformed()).isEmpty();
  }

  @Test
  void whatStandsUnderAHeaderOfOtherNamesIsKeptAsideUpToTheNextGoodOne() {
    String other = Lines.HEADER.replace("Category|Queue", "Queue|Category");
    drop.write(
        DAY,
        Lines.touched(1, 0)
            + other
            + Lines.touched(2, 1)
            + "\n"
            + Lines.HEADER
            + Lines.touched(3, 2));

    Drop.Read read = drop.updates();

    assertThat(read.texts("case_id")).containsExactly("1", "3");
    assertThat(read.malformed())
        .extracting(Malformed::position, m -> m.problem().code(), m -> m.raw() + "\n")
        .containsExactly(
            tuple(2L, "kognitiv.case-header-unknown", other),
            tuple(3L, "kognitiv.case-header-unknown", Lines.touched(2, 1)));
  }

  @Test
  void linesMayEndAsOnWindowsAndBeginWithAByteOrderMark() {
    drop.write(
        DAY,
        ("\uFEFF" + Lines.touched(1, 0) + "  \t\n\n" + Lines.touched(2, 1)).replace("\n", "\r\n"));

    Drop.Read read = drop.updates();

    assertThat(read.texts("member_last_name")).containsExactly("Adams", "Adams");
    assertThat(read.texts("source_line")).containsExactly("1", "4");
    assertThat(read.malformed()).isEmpty();
  }

  @Test
  void blanksAtTheEndOfALineBelongToNoValue() {
    drop.write(DAY, Lines.touched(1, 0).replace("\n", " \t\u00a0 \n"));

    assertThat(drop.updates().texts("member_last_name")).containsExactly("Adams");
  }

  @Test
  void blanksWithinALineAreKept() {
    drop.write(DAY, Lines.opened(1, 0, "  two spaces  "));

    assertThat(drop.updates().texts("case_open_summary")).containsExactly("  two spaces  ");
  }

  @Test
  void aColumnWithNothingInItIsNull() {
    drop.write(DAY, "1|2013-09-05 21:39:50.750||TOCH||||||||||  \n");

    Drop.Read read = drop.updates();

    assertThat(read.rows()).hasSize(1);
    for (String field :
        List.of("user", "descriptor", "category", "queue", "location", "member_last_name")) {
      assertThat(Drop.value(read.rows().get(0), field)).as(field).isNull();
    }
    assertThat(Drop.value(read.rows().get(0), "member_internal_id")).isNull();
  }

  @Test
  void idsKeepTheirLeadingZeros() {
    drop.write(DAY, Lines.touched(1, 0).replace("1|2013", "0001|2013").replace("|345", "|00345"));

    assertThat(drop.updates().texts("case_id")).containsExactly("0001");
    assertThat(drop.updates().texts("member_primary_id")).containsExactly("003451119807");
  }

  @Test
  void lineBreaksComeBackIntoEntriesAndIntoNothingElse() {
    drop.write(ENTRIES, Lines.entry(1, 0, "PUBL", "one<br>two<br><br>three<BR>"));
    drop.write(DAY, Lines.opened(1, 0, "one<br>two"));

    assertThat(drop.entries().texts("entry")).containsExactly("one\ntwo\n\nthree<BR>");
    assertThat(drop.updates().texts("case_open_summary")).containsExactly("one<br>two");
  }

  @Test
  void everyDocumentedCodeIsKnown() {
    StringBuilder updates = new StringBuilder();
    int second = 0;
    for (String code : List.of("OPEN", "CLSD", "REOP", "ADDD", "RMVD", "CCAT", "CQUE", "TOCH")) {
      updates.append(Lines.touched(1, second++).replace("TOCH", code));
    }
    drop.write(DAY, updates.toString());
    drop.write(
        ENTRIES,
        Lines.entry(1, 0, "HKEP", "a")
            + Lines.entry(1, 1, "PUBL", "b")
            + Lines.entry(1, 2, "PRIV", "c"));

    assertThat(drop.updates().rows()).hasSize(8);
    assertThat(drop.updates().notices()).isEmpty();
    assertThat(drop.entries().rows()).hasSize(3);
    assertThat(drop.entries().notices()).isEmpty();
  }

  @Test
  void anUnknownCodeIsPassedOnAndCounted() {
    drop.write(
        DAY,
        Lines.touched(1, 0).replace("TOCH", "ESCL")
            + Lines.touched(2, 1)
            + Lines.touched(3, 2).replace("TOCH", "ESCL")
            + Lines.touched(4, 3).replace("TOCH", "M2"));

    Drop.Read read = drop.updates();

    assertThat(read.texts("action")).containsExactly("ESCL", "TOCH", "ESCL", "M2");
    assertThat(read.notices())
        .containsExactly(
            entry(
                "kognitiv.case-code-unknown",
                "Rows have codes without a documented meaning: ESCL (2), M2 (1)."));
  }

  @Test
  void manyUnknownCodesDoNotFlood() {
    StringBuilder lines = new StringBuilder();
    for (int i = 10; i < 90; i++) {
      lines.append(Lines.touched(1, i).replace("TOCH", "X" + i));
    }
    drop.write(DAY, lines.toString());

    assertThat(drop.updates().notices().get("kognitiv.case-code-unknown"))
        .endsWith("X10 (1), X11 (1), X12 (1), X13 (1), X14 (1), others (75).");
  }

  @Test
  void aPackedFileIsRead() {
    drop.write(DAY + ".gz", Drop.packed(Lines.HEADER + Lines.touched(1, 0)));

    assertThat(drop.updates().texts("source_file")).containsExactly(DAY + ".gz");
  }

  @ParameterizedTest
  @ValueSource(strings = {"windows-1252", "UTF-16LE", "UTF-16", "ISO-8859-15", "Shift_JIS"})
  void filesMayHaveAnotherEncoding(String name) {
    String text = name.equals("Shift_JIS") ? "表 ー ソ" : "Zoë paid 5 € — no, £4";
    if (name.startsWith("ISO")) {
      text = "Zoë paid 5 €";
    }
    drop.with("charset", name)
        .write(DAY, (Lines.HEADER + Lines.opened(1, 0, text)).getBytes(Charset.forName(name)));

    Drop.Read read = drop.updates();

    assertThat(read.texts("case_open_summary")).containsExactly(text);
    assertThat(read.malformed()).isEmpty();
  }

  @Test
  void bytesThatAreNoUtf8AreKeptAsideAndNoneIsReplaced() {
    byte[] bytes =
        (Lines.touched(1, 0) + Lines.opened(2, 1, "Zo# and ?") + Lines.touched(3, 2))
            .getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] == '#' ? (byte) 0xEB : bytes[i];
    }
    drop.write(DAY, bytes);

    Drop.Read read = drop.updates();

    assertThat(read.texts("case_id")).containsExactly("1", "3");
    assertThat(read.codes()).containsExactly("kognitiv.case-bytes-malformed");
    assertThat(read.malformed().get(0).raw() + "\n").isEqualTo(Lines.opened(2, 1, "Zo\\xEB and ?"));
  }

  @Test
  void bytesThatAreNoneOfTheEncodingAreKeptAsideToo() {
    byte[] bytes = Lines.opened(2, 1, "Zo#").getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] == '#' ? (byte) 0x81 : bytes[i];
    }
    drop.with("charset", "windows-1252").write(DAY, bytes);

    Drop.Read read = drop.updates();

    assertThat(read.rows()).isEmpty();
    assertThat(read.malformed().get(0).raw() + "\n").isEqualTo(Lines.opened(2, 1, "Zo\\x81"));
  }

  @Test
  void aReplacementCharacterThatIsInTheTextIsText() {
    drop.write(DAY, Lines.opened(1, 0, "seen as \uFFFD"));

    assertThat(drop.updates().texts("case_open_summary")).containsExactly("seen as \uFFFD");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2013-02-30 10:00:00.000",
        "2013-09-05 24:00:00.000",
        "2013-09-05 10:60:00.000",
        "2013-09-05 10:00:60.000",
        "2013-13-05 10:00:00.000"
      })
  void aMomentThatThereIsNotIsKeptAside(String moment) {
    drop.write(DAY, Lines.touched(1, 0).replace(Lines.at(0), moment) + Lines.touched(2, 1));

    Drop.Read read = drop.updates();

    assertThat(read.texts("case_id")).containsExactly("2");
    assertThat(read.codes()).containsExactly("kognitiv.case-value-malformed");
    assertThat(read.malformed().get(0).problem().message()).contains("column Timestamp");
  }

  @Test
  void aValueThatIsNoneIsKeptAsideWithTheNameOfItsColumn() {
    drop.write(
        DAY,
        Lines.touched(1, 0).replace("1|2013", "one|2013")
            + Lines.touched(2, 0).replace("2013-09-05 ", "05.09.2013 ")
            + Lines.touched(3, 0).replace("TOCH", "Touched")
            + Lines.touched(4, 0).replace("TOCH", "")
            + Lines.touched(5, 0).replace("71291", "Ada")
            + Lines.touched(6, 0).replace("6|2013", "123456789012345678901|2013"));

    assertThat(drop.updates().malformed())
        .extracting(m -> m.problem().message().split(" ", -1)[2])
        .containsExactly("CaseId", "Timestamp", "Action", "Action", "MemberInternalId", "CaseId");
    assertThat(drop.updates().rows()).isEmpty();
  }

  @Test
  void theLastMillisecondOfAnOldAndOfAFarDayIsRead() {
    drop.write(
        DAY,
        Lines.touched(1, 0).replace(Lines.at(0), "0001-01-01 00:00:00.000")
            + Lines.touched(2, 0).replace(Lines.at(0), "9999-12-31 23:59:59.999"));

    assertThat(drop.updates().texts("timestamp"))
        .containsExactly("0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z");
  }
}
