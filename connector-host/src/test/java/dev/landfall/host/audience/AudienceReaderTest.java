package dev.landfall.host.audience;

import static dev.landfall.host.audience.Sources.destination;
import static dev.landfall.host.audience.Sources.rows;
import static dev.landfall.host.audience.Sources.tables;
import static dev.landfall.host.audience.Sources.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.connector.sync.FieldIdentity;
import dev.landfall.connector.sync.FieldMapping;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AudienceReaderTest {

  @TempDir private Path folder;
  private Sources sources;

  @BeforeEach
  void sources() {
    sources = new Sources(folder);
  }

  private Audience read(String name, String text) {
    return read(sources.request(sources.write(name, text)));
  }

  private static Audience read(AudienceRequest request) {
    return new AudienceReader().read(request);
  }

  @Test
  void eachMemberIsOneRowAndEveryRecordIsCounted() {
    Audience audience =
        read("a.csv", "id,name\n007,Ann\n7,Ann\n 7 ,Ann\n8,Bob\n,nobody\n  ,blanks\n\"\",quotes\n");

    assertThat(rows(audience)).containsExactly("7|7|[Ann]", "8|8|[Bob]");
    assertThat(audience.rows()).isEqualTo(7);
    assertThat(audience.members()).isEqualTo(2);
    assertThat(audience.duplicates()).isEqualTo(2);
    assertThat(audience.blank()).isEqualTo(3);
    assertThat(audience.columns()).containsExactly("id", "name");
    assertThat(audience.schema().fields()).extracting(f -> f.name()).containsExactly("id", "name");
  }

  @Test
  void theFileHoldsOneTableAfterwards() {
    Audience audience = read("a.csv", "id,name\n7,Ann\n");

    assertThat(tables(audience))
        .containsExactly("audience(member VARCHAR, text VARCHAR, others VARCHAR[])");
    assertThat(audience.file()).isEqualTo(sources.audienceFile());
    assertThat(sources.left()).containsExactly("a.csv", "audience.duckdb");
  }

  @Test
  void idsAreKeptToTheCharacter() {
    Audience audience =
        read("a.csv", "id\n007\n#5\n1e3\n\u00fcber\u00a0\n\"a\"\"b\"\n12345678901234567890123\n");

    assertThat(texts(audience))
        .containsExactlyInAnyOrder(
            "007", "#5", "1e3", "\u00fcber\u00a0", "a\"b", "12345678901234567890123");
  }

  @Test
  void ofSeveralSpellingsTheShortestThenSmallestIsKept() {
    String longer = "id\n0007\n07\n\u00a07\n 7\n";
    Audience audience = read("a.csv", longer);

    assertThat(rows(audience)).containsExactly("7| 7|[]");
  }

  @Test
  void theExactIdentityTellsSpellingsApart() {
    Path file = sources.write("a.csv", "id\n07\n7\n 7\n \n");

    Audience audience = read(sources.request(file, null, destination(FieldIdentity.EXACT)));

    assertThat(texts(audience)).containsExactly(" 7", "07", "7");
    assertThat(audience.blank()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t", "|"})
  void theHeaderLineSaysWhatPartsTheCells(String delimiter) {
    Audience audience =
        read(
            "a.txt",
            "id,name,tier\n007,\"a,;\t|b\",x\n8,\u00e9,\"y\nz\"\n"
                .replace(",", delimiter)
                .replace("a" + delimiter, "a,"));

    assertThat(rows(audience))
        .hasSize(2)
        .anySatisfy(row -> assertThat(row).startsWith("7|007|[a,").endsWith("b, x]"))
        .contains("8|8|[\u00e9, y\nz]");
  }

  @Test
  void aByteOrderMarkAndWindowsLineEndsAreNoPartOfAName() {
    Audience audience = read("a.csv", "\ufeffid,name\r\n7,Ann\r\n8,Bob");

    assertThat(rows(audience)).containsExactly("7|7|[Ann]", "8|8|[Bob]");
  }

  @Test
  void quotesThatComeAfterTheSampleAreQuotesToo() {
    StringBuilder text = new StringBuilder("id,name\n");
    for (int i = 1; i <= 50_000; i++) {
      text.append(i).append(",plain\n");
    }
    text.append("\"60000\",\"with, comma\"\n");

    Audience audience = read("a.csv", text.toString());

    assertThat(texts(audience)).hasSize(50_001).contains("60000");
  }

  @Test
  void apostrophesThatQuoteAreDropped() {
    Audience audience = read("a.csv", "'id','name'\n'7','a,b'\n'8','c,d'\n");

    assertThat(rows(audience)).containsExactly("7|7|[a,b]", "8|8|[c,d]");
  }

  @Test
  void oneColumnNeedsNoDelimiter() {
    Audience audience = read("a.csv", "id\n1\n\n2\n");

    assertThat(texts(audience)).containsExactly("1", "2");
    assertThat(audience.blank()).isEqualTo(1);
  }

  @Test
  void aHeaderLineAloneIsAnAudienceOfNobody() {
    for (String text : new String[] {"id,name\n", "id,name"}) {
      Audience audience = read("a.csv", text);

      assertThat(audience.rows()).isZero();
      assertThat(audience.members()).isZero();
      assertThat(tables(audience)).hasSize(1);
      assertThat(sources.audienceFile().toFile().delete()).isTrue();
    }
  }

  @Test
  void columnsFillTheFieldsThatTheMappingSays() {
    Path file = sources.write("a.csv", "member,full name,junk\n7,Ann,x\n8,,y\n");

    Audience audience =
        read(
            sources.request(
                file,
                null,
                new FieldMapping.Constant("it's gold", "tier"),
                new FieldMapping.Column("member", "id"),
                new FieldMapping.Column("full name", "name")));

    assertThat(rows(audience)).containsExactly("7|7|[it's gold, Ann]", "8|8|[it's gold, null]");
    assertThat(audience.schema().fields())
        .extracting(f -> f.name())
        .containsExactly("tier", "id", "name");
  }

  @Test
  void withoutAMappingColumnsThatNameNoFieldAreLeftOut() {
    Audience audience = read("a.csv", "mail,tier,id\nx@y,gold,7\n");

    assertThat(rows(audience)).containsExactly("7|7|[gold]");
    assertThat(audience.columns()).containsExactly("mail", "tier", "id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a[1]*.csv", "it's a.csv", "tier=gold.csv", "members"})
  void aFileIsReadByItsNameWhateverCharactersAreInIt(String name) {
    sources.write("a1x.csv", "id\n1\n");

    assertThat(texts(read(name, "id\n2\n"))).containsExactly("2");
  }

  @Test
  void theSameFileGivesTheSameAudienceWhateverItsOrder() {
    Audience audience = read("a.csv", "id,name,tier\n7,B,x\n7,A,y\n7,A,x\n");
    assertThat(rows(audience)).containsExactly("7|7|[A, x]");
    assertThat(sources.audienceFile().toFile().delete()).isTrue();

    assertThat(rows(read("a.csv", "id,name,tier\n7,A,x\n7,A,y\n7,B,x\n")))
        .containsExactly("7|7|[A, x]");
  }

  @Test
  void manyMoreRowsThanMemoryAreRead() {
    StringBuilder text = new StringBuilder("id,name\n");
    for (int i = 0; i < 400_000; i++) {
      text.append("10000000000000000000000000000000").append(i / 2).append(",name\n");
    }
    Path file = sources.write("a.csv", text.toString());

    Audience audience =
        read(
            new AudienceRequest(
                new AudienceSource.Files(file, null),
                java.util.List.of(),
                destination(),
                java.util.List.of(),
                sources.audienceFile(),
                64,
                folder.resolve("spill")));

    assertThat(audience.members()).isEqualTo(200_000);
    assertThat(audience.duplicates()).isEqualTo(200_000);
  }

  @Test
  void anAudienceFileThatIsThereIsNotOverwritten() {
    Path there = sources.write("audience.duckdb", "precious");

    assertThatThrownBy(() -> read("a.csv", "id\n1\n")).isInstanceOf(IllegalArgumentException.class);
    assertThat(there).hasContent("precious");
  }
}
