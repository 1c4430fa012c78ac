package dev.landfall.kognitiv.casesync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same event has the same key wherever it stands; two events never share one. */
class EventKeysTest {

  private static final String DAY = Lines.file(5);

  @TempDir private Path folder;
  private Drop drop;

  @BeforeEach
  void aFolder() {
    drop = new Drop(folder);
  }

  private List<String> keys(String lines) {
    drop.write(DAY, lines);
    return drop.updates().keys();
  }

  @Test
  void theFormOfAFileLeavesKeysAsTheyAre() {
    String lines =
        Lines.opened(1, 0, "Zoë\nasks") + Lines.described(1, 1, "Rückruf") + Lines.touched(1, 2);
    List<String> keys = keys(lines);

    assertThat(keys).hasSize(3);
    assertThat(keys(Lines.HEADER + lines)).isEqualTo(keys);
    assertThat(keys("\uFEFF" + lines.replace("\n", "  \r\n"))).isEqualTo(keys);
    drop.with("charset", "windows-1252")
        .write(DAY, lines.getBytes(Charset.forName("windows-1252")));
    assertThat(drop.updates().keys()).isEqualTo(keys);
  }

  @Test
  void packingAFileLeavesKeysAsTheyAre() {
    List<String> keys = keys(Lines.touches(1, 3));
    Path elsewhere = folder.resolve("packed");
    assertThat(elsewhere.toFile().mkdir()).isTrue();
    Drop packed = new Drop(elsewhere);
    packed.write(DAY + ".gz", Drop.packed(Lines.touches(1, 3)));

    assertThat(packed.updates().keys()).isEqualTo(keys);
  }

  @Test
  void whatIsSaidOfTheMemberTheUserAndTheTextsDoesNotMakeAnEvent() {
    String line = Lines.closed(1, 0, "Asks.", "Done.");

    assertThat(
            List.of(
                keys(line.replace("Adams", "Baker")),
                keys(line.replace("3451119807", "3451119808")),
                keys(line.replace("71291", "71292")),
                keys(line.replace("||CLSD", "|Eva Evans|CLSD")),
                keys(line.replace("Asks.", "Asked."))))
        .containsOnly(keys(line));
  }

  @Test
  void whatHappenedToWhichCaseWhenAndWithWhatMakesAnEvent() {
    String line = Lines.described(1, 0, "Callback");
    String more = line.replace("Callback||||", "Callback|G|PI|132|");

    assertThat(
            keys(
                line
                    + line.replace("1|2013", "2|2013")
                    + line.replace("ADDD", "RMVD")
                    + line.replace("Callback", "Complaint")
                    + more
                    + more.replace("|G|", "|H|")
                    + more.replace("|PI|", "|RW|")
                    + more.replace("|132|", "|133|")
                    + line.replace("Callback||||", "|Callback|||")
                    + line.replace("750", "751")))
        .hasSize(10)
        .doesNotHaveDuplicates();
  }

  @Test
  void rowsThatAreAlikeAreNumberedInTheOrderOfTheFile() {
    String alike = Lines.touched(1, 0);
    String between = Lines.described(1, 0, "Callback");

    assertThat(keys(alike + alike + between + alike + between))
        .satisfies(
            keys -> {
              assertThat(keys).doesNotHaveDuplicates();
              assertThat(keys.get(1)).isEqualTo(keys.get(0) + ".2");
              assertThat(keys.get(3)).isEqualTo(keys.get(0) + ".3");
              assertThat(keys.get(4)).isEqualTo(keys.get(2) + ".2");
            });
  }

  @Test
  void whatIsDeliveredOnceMoreInTheSameFileHasTheSameKeys() {
    String lines = Lines.touched(1, 0) + Lines.touched(1, 0) + Lines.touched(2, 1);

    List<String> twice = keys(lines + lines);

    assertThat(twice).hasSize(6);
    assertThat(twice.subList(0, 3)).doesNotHaveDuplicates().isEqualTo(twice.subList(3, 6));
  }

  @Test
  void linesThatAreKeptAsideDoNotChangeTheNumbers() {
    String alike = Lines.touched(1, 0);

    assertThat(keys(alike + "no row\n\n" + alike)).isEqualTo(keys(alike + alike));
  }

  @Test
  void entriesAreToldApartByTheirTexts() {
    drop.write(
        "CaseEntriesSync_20130905.txt",
        Lines.entry(1, 0, "HKEP", "Queue changed.")
            + Lines.entry(1, 0, "HKEP", "Category changed.")
            + Lines.entry(1, 0, "PRIV", "Category changed.")
            + Lines.entry(1, 0, "HKEP", "")
            + Lines.entry(1, 0, "HKEP", "Queue changed."));

    List<String> keys = drop.entries().keys();

    assertThat(keys).hasSize(5).doesNotHaveDuplicates();
    assertThat(keys.get(4)).isEqualTo(keys.get(0) + ".2");
  }

  @Test
  void aHundredThousandEventsOfOneMomentAreToldApart() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 50_000; i++) {
      lines.append(Lines.touched(1 + i, 0)).append(Lines.touched(1 + i / 2, 0));
    }

    assertThat(keys(lines.toString())).hasSize(100_000).doesNotHaveDuplicates();
  }

  @Test
  void moreRowsOfOneMomentThanFitInMemoryAreRefused() {
    Occurrences occurrences = new Occurrences();
    byte[] key = new byte[8];
    int counted = 0;
    while (occurrences.count(7, ByteBuffer.wrap(key).putInt(counted).array(), key.length) > 0) {
      counted++;
    }

    assertThat(counted).isEqualTo(Occurrences.MOST);
    assertThat(occurrences.count(8, key, key.length)).isEqualTo(1);
    assertThat(occurrences.count(8, key, key.length)).isEqualTo(2);
  }
}
