package dev.landfall.host.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.sync.FieldMapping;
import dev.landfall.host.HostException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceRefusalTest {

  /** Stands for a record's value; no message may hold it. */
  private static final String CANARY = "canary4711";

  @TempDir private Path folder;
  private Sources sources;

  @BeforeEach
  void sources() {
    sources = new Sources(folder);
  }

  private Problem refused(String name, String text) {
    return refused(sources.request(sources.write(name, text)));
  }

  private Problem refused(AudienceRequest request) {
    return refused(new AudienceReader(), request);
  }

  private Problem refused(AudienceReader reader, AudienceRequest request) {
    HostException e = catchThrowableOfType(HostException.class, () -> reader.read(request));
    assertThat(e).as("refusal").isNotNull();
    Problem problem = e.problem();
    assertThat(e).hasNoCause();
    assertThat(e.getSuppressed()).isEmpty();
    assertThat(problem.toString()).doesNotContain(CANARY).doesNotContain("\n");
    assertThat(problem.code()).startsWith("source.");
    assertThat(problem.remedy()).isNotBlank();
    assertThat(sources.left()).as("left behind").noneMatch(f -> f.contains("duckdb"));
    return problem;
  }

  @Test
  void aMissingFile() {
    Problem problem = refused(sources.request(folder.resolve("none.csv")));

    assertThat(problem.code()).isEqualTo("source.missing");
    assertThat(problem.message()).contains("none.csv");
  }

  @Test
  void aFolder() {
    assertThat(refused(sources.request(folder)).code()).isEqualTo("source.folder");
  }

  @Test
  void aDevice() {
    assertThat(refused(sources.request(Path.of("/dev/null"))).code())
        .isEqualTo("source.not-a-file");
  }

  @ParameterizedTest
  @CsvSource({"a.csv,source.empty", "a.jsonl,source.empty", "a.parquet,source.empty"})
  void anEmptyFile(String name, String code) {
    assertThat(refused(name, "").code()).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ufeff", "\n\n", "  \n"})
  void aFileOfBlanks(String text) {
    assertThat(refused("a.csv", text).code()).isEqualTo("source.empty");
  }

  @Test
  void aRowWithAValueTooManyIsNamedByItsLine() {
    Problem problem = refused("a.csv", "id,name\n1,a\n2," + CANARY + ",c\n3,d\n");

    assertThat(problem.code()).isEqualTo("source.row");
    assertThat(problem.message()).contains("a.csv, line 3, has 3 values where the header has 2");
  }

  @Test
  void aRowWithAValueTooFewIsNamedByItsLineHoweverFarDown() {
    StringBuilder text = new StringBuilder("id,name\n");
    for (int i = 1; i <= 100_000; i++) {
      text.append(i).append(",a\n");
    }
    Problem problem = refused("a.csv", text + CANARY + "\n1,x\n");

    assertThat(problem.message()).contains("line 100002, has 1 values where the header has 2");
  }

  @Test
  void aRowWithAnotherDelimiterThanTheHeader() {
    assertThat(refused("a.csv", "id\n1,a\n2,b\n").message()).contains("line 2");
    assertThat(refused("a.csv", "id,name\n1;a\n2;b\n").message()).contains("line 2");
  }

  @Test
  void aQuoteThatStaysOpen() {
    Problem problem = refused("a.csv", "id,name\n1,\"" + CANARY + "\n2,b\n");

    assertThat(problem.code()).isEqualTo("source.row");
    assertThat(problem.message()).contains("line 2").contains("quote");
  }

  @Test
  void aQuoteThatStaysOpenInTheHeader() {
    Problem problem = refused("a.csv", "id,\"name\n1," + CANARY + "\n2,b\n");

    assertThat(problem.code()).isEqualTo("source.header");
  }

  @Test
  void textThatIsNotUtf8() {
    byte[] latin = ("id,name\n1,a\n2,M\u00fcller" + CANARY).getBytes(StandardCharsets.ISO_8859_1);

    Problem problem = refused(sources.request(sources.write("a.csv", latin)));

    assertThat(problem.code()).isEqualTo("source.encoding");
    assertThat(problem.message()).contains("line 3");
  }

  @Test
  void textThatIsNotUtf8FarDown() {
    StringBuilder text = new StringBuilder("id,name\n");
    for (int i = 1; i <= 200_000; i++) {
      text.append(i).append(",abcdef\n");
    }
    byte[] latin = (text + "1,\u00fc\n").getBytes(StandardCharsets.ISO_8859_1);

    Problem problem = refused(sources.request(sources.write("a.csv", latin)));

    assertThat(problem.code()).isEqualTo("source.encoding");
    assertThat(problem.message()).contains("line 200002");
  }

  @Test
  void textInUtf16() {
    byte[] utf16 = "\ufeffid\n1\n".getBytes(StandardCharsets.UTF_16LE);

    assertThat(refused(sources.request(sources.write("a.csv", utf16))).message())
        .contains("UTF-16");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PK\u0003\u0004\u0014\u0000", "\u001f\u0008\u0000", "id\n1\u0000\n"})
  void aBinaryFile(String start) {
    assertThat(refused("a.csv", start + CANARY).code()).isEqualTo("source.binary");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "71291\n71292\n",
        "71291," + CANARY + "\n71292,b\n",
        CANARY + "@example.com\nb@example.com\n",
        "A-1001\nA-1002\n",
        "A-1001;x\nB-1002;y\n",
        "2026-01-01,x\n2026-01-02,y\n"
      })
  void aFirstLineThatLooksLikeDataIsNotTakenForAHeader(String text) {
    assertThat(refused("a.csv", text).code()).isEqualTo("source.header");
  }

  @Test
  void aColumnNamedTwice() {
    assertThat(refused("a.csv", "id,ID\n1,2\n").message()).contains("\"ID\" twice");
  }

  @Test
  void aMissingColumnNamesTheNearest() {
    Problem problem = refused("a.csv", "Member ID,i_d,name\n1,2,3\n");

    assertThat(problem.code()).isEqualTo("source.column-missing");
    assertThat(problem.message()).contains("no column \"id\"").contains("nearest: \"i_d\"");
  }

  @Test
  void everyMissingColumnIsNamedAtOnce() {
    Path file = sources.write("a.csv", "a\nb\n");
    Problem problem =
        refused(
            sources.request(
                file,
                null,
                new FieldMapping.Column("one", "id"),
                new FieldMapping.Column("two", "name")));

    assertThat(problem.message()).contains("\"one\"").contains("\"two\"");
  }

  @Test
  void aMissingHeaderThatReadsLikeNamesDoesNotPrintWhatIsNoName() {
    assertThat(refused("a.csv", CANARY + ",x12345y\n" + "q,r\n").code())
        .isEqualTo("source.column-missing");
  }

  @Test
  void aFieldThatTheDestinationDoesNotHave() {
    Path file = sources.write("a.csv", "id\n1\n");
    Problem problem =
        refused(
            sources.request(
                file,
                null,
                new FieldMapping.Column("id", "id"),
                new FieldMapping.Column("id", "colour")));

    assertThat(problem.code()).isEqualTo("source.mapping");
    assertThat(problem.message()).contains("\"colour\"");
  }

  @Test
  void aFileThatGrowsWhileItIsRead() {
    Path file = sources.write("a.csv", "id\n1\n");

    Problem problem =
        refused(
            new AudienceReader(() -> sources.write("a.csv", "id\n1\n2\n")), sources.request(file));

    assertThat(problem.code()).isEqualTo("source.changed");
  }

  @Test
  void aFileThatIsReplacedByOneOfEqualSizeAndAge() throws IOException {
    Path file = sources.write("a.csv", "id\n1\n");
    FileTime modified = Files.getLastModifiedTime(file);

    Problem problem =
        refused(
            new AudienceReader(
                () -> {
                  Path other = sources.write("b.csv", "id\n2\n");
                  try {
                    Files.setLastModifiedTime(other, modified);
                    Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                }),
            sources.request(file));

    assertThat(problem.code()).isEqualTo("source.changed");
  }

  @Test
  void aFileThatIsTouchedWhileAQueryReadsIt() {
    Path file = sources.write("a.csv", "id\n1\n");

    Problem problem =
        refused(
            new AudienceReader(
                () -> assertThat(file.toFile().setLastModified(1_000_000_000_000L)).isTrue()),
            sources.request(file, "from file"));

    assertThat(problem.code()).isEqualTo("source.changed");
  }

  @Test
  void aFileThatVanishesWhileItIsRead() {
    Path file = sources.write("a.csv", "id\n1\n");

    Problem problem =
        refused(
            new AudienceReader(() -> assertThat(file.toFile().delete()).isTrue()),
            sources.request(file));

    assertThat(problem.code()).isEqualTo("source.changed");
  }

  @Test
  void aPlaceThatCannotBeWrittenIsNoFaultOfTheSource() {
    AudienceRequest request = sources.request(sources.write("a.csv", "id\n1\n"));

    Problem problem =
        refused(
            new AudienceRequest(
                request.source(),
                List.of(),
                request.destination(),
                List.of(),
                Path.of("/proc/nowhere/audience.duckdb"),
                128,
                request.temporaryFolder()));

    assertThat(problem.kind()).isEqualTo(ProblemKind.UNAVAILABLE);
    assertThat(problem.code()).isEqualTo("source.disk");
  }

  @Test
  void aDamagedParquetFile() {
    Problem problem = refused("a.parquet", "PAR1 " + CANARY + " and nothing that follows");

    assertThat(problem.code()).isEqualTo("source.format");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{\"id\":\"canary4711\"~1",
        "{\"id\":1}\\n{\"id\":canary4711}\\n{\"id\":3}\\n~2",
        "{\"id\":1}\\n{\"id\":2}\\n{\"id\":\"canary4711~3"
      })
  void aDamagedLineOfJson(String text, String line) {
    Problem problem = refused("a.jsonl", text.replace("\\n", "\n"));

    assertThat(problem.code()).isEqualTo("source.format");
    assertThat(problem.message()).contains("line " + line);
  }

  @Test
  void jsonThatIsNoObject() {
    assertThat(refused("a.jsonl", "\"" + CANARY + "\"\n").code()).isEqualTo("source.format");
  }
}
