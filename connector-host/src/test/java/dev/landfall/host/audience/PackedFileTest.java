package dev.landfall.host.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.landfall.connector.outcome.Problem;
import dev.landfall.host.HostException;
import dev.landfall.host.delivery.BreakOff;
import dev.landfall.host.delivery.Cancellation;
import dev.landfall.host.duckdb.Database;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackedFileTest {

  private static final String CANARY = "canary4711";
  private static final String THREE = "id,name\n007,Ann\n8,Bob\n9," + CANARY + "\n";

  /** What the command zstd makes of it; DuckDB writes no checksum. */
  private static final String THREE_WITH_CHECKSUM =
      "28b52ffd242319010069642c6e616d650a3030372c416e6e0a382c426f620a392c63616e617279343731310a5dd3dcee";

  @TempDir private Path folder;
  private Sources sources;

  @BeforeEach
  void sources() {
    sources = new Sources(folder);
  }

  private byte[] packed(String ending, String text) {
    return ending.equals("gz") ? gzip(text.getBytes(StandardCharsets.UTF_8)) : zstd(text);
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** By another hand than the one that unpacks. */
  private byte[] zstd(String text) {
    Path plain = sources.write("plain", text);
    Path packed = folder.resolve("packed");
    try (Database database =
        Database.inMemory(new Database.Options(false, 128, folder.resolve("spill")))) {
      database.run(
          "copy (select content from read_text(%s)) to %s (format csv, header false, quote '',"
                  .formatted(
                      Database.literal(plain.toString()), Database.literal(packed.toString()))
              + " escape '', delimiter '\u0001', compression zstd)");
      byte[] bytes = Files.readAllBytes(packed);
      Files.delete(plain);
      Files.delete(packed);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Audience read(String name, byte[] bytes) {
    return new AudienceReader().read(sources.request(sources.write(name, bytes)));
  }

  private Problem refused(String name, byte[] bytes) {
    HostException e = catchThrowableOfType(HostException.class, () -> read(name, bytes));
    assertThat(e).as("refusal of " + bytes.length + " bytes").isNotNull().hasNoCause();
    assertThat(e.problem().toString()).doesNotContain(CANARY).doesNotContain("\n");
    assertNothingLeft(name);
    return e.problem();
  }

  private void assertNothingLeft(String... files) {
    assertThat(sources.left()).contains(files).noneMatch(f -> f.contains("duckdb"));
    try (Stream<Path> spilled =
        Files.exists(folder.resolve("spill")) ? Files.list(folder.resolve("spill")) : Stream.of()) {
      assertThat(spilled).as("unpacked copies").isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "zst"})
  void isReadAsWhatIsPackedInIt(String ending) {
    Audience audience = read("a.csv." + ending, packed(ending, THREE));

    assertThat(Sources.rows(audience))
        .containsExactly("7|007|[Ann]", "8|8|[Bob]", "9|9|[" + CANARY + "]");
    assertThat(sources.audienceFile().toFile().delete()).isTrue();
    assertNothingLeft("a.csv." + ending);

    String json = "{\"id\": 7, \"name\": \"Ann\"}\n{\"id\": \"008\"}\n";
    assertThat(
            Sources.rows(read("a.JSONL." + ending.toUpperCase(Locale.ROOT), packed(ending, json))))
        .containsExactly("8|008|[null]", "7|7|[Ann]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "zst"})
  void severalPacksInOneFileAreOneFile(String ending) throws IOException {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.write(packed(ending, THREE));
    both.write(packed(ending, "10,Dee\n"));

    assertThat(read("a.csv." + ending, both.toByteArray()).members()).isEqualTo(4);
  }

  @Test
  void partsMayBePackedOrNot() {
    sources.write("part-1.csv", "id,name\n7,Ann\n");
    sources.write("part-2.csv.gz", packed("gz", "id,name\n8,Bob\n"));
    sources.write("part-3.csv.zst", packed("zst", "id,name\n9,Cid\n"));

    Audience audience =
        new AudienceReader().read(sources.request(folder.resolve("part-*"), "select id from file"));

    assertThat(Sources.texts(audience)).containsExactly("7", "8", "9");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "zst"})
  void aFileThatWasCutOffIsRefusedWhereverThatWas(String ending) {
    byte[] whole = packed(ending, THREE);
    for (int length = 1; length < whole.length; length += 3) {
      Problem problem = refused("a.csv." + ending, Arrays.copyOf(whole, length));

      assertThat(problem.code()).isEqualTo("source.format");
      assertThat(problem.message()).contains("a.csv." + ending + " is no whole");
    }
  }

  /** DuckDB takes a zstd file for whole that ends between two of its blocks. */
  @Test
  void aLongFileThatWasCutOffIsRefused() {
    StringBuilder text = new StringBuilder("id,name\n");
    for (int i = 0; i < 100_000; i++) {
      text.append(i).append(",").append(Integer.toHexString(i * 31)).append('\n');
    }
    byte[] whole = packed("zst", text.toString());

    assertThat(refused("a.csv.zst", Arrays.copyOf(whole, whole.length - 4)).code())
        .isEqualTo("source.format");
    assertThat(read("a.csv.zst", whole).members()).isEqualTo(100_000);
  }

  @ParameterizedTest
  @CsvSource({"gz,1", "gz,7", "zst,1"})
  void aChecksumThatDoesNotFitIsRefused(String ending, int fromTheEnd) {
    byte[] bytes =
        ending.equals("gz") ? packed(ending, THREE) : HexFormat.of().parseHex(THREE_WITH_CHECKSUM);
    assertThat(read("whole.csv." + ending, bytes).members()).isEqualTo(3);
    assertThat(sources.audienceFile().toFile().delete()).isTrue();
    bytes[bytes.length - fromTheEnd] ^= 1;

    assertThat(refused("a.csv." + ending, bytes).code()).isEqualTo("source.format");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "zst"})
  void whatFollowsThePackIsNotPassedOver(String ending) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(packed(ending, THREE));
    bytes.write("10,Dee\n".getBytes(StandardCharsets.UTF_8));

    assertThat(refused("a.csv." + ending, bytes.toByteArray()).code()).isEqualTo("source.format");
  }

  @Test
  void aNameThatPromisesAPackOverPlainTextIsRefused() {
    byte[] plain = THREE.getBytes(StandardCharsets.UTF_8);

    assertThat(refused("a.csv.gz", plain).message()).contains("no whole gzip file");
    assertThat(refused("a.csv.zst", plain).message()).contains("no whole zstd file");
  }

  @Test
  void aPackThatItsNameDoesNotTellIsRefused() {
    assertThat(refused("a.csv", packed("gz", THREE)).remedy()).contains(".gz or .zst");
    assertThat(refused("a.csv.bz2", new byte[] {'B', 'Z', 'h', '9', 1}).code())
        .isEqualTo("source.binary");
  }

  @Test
  void aRowThatIsBrokenIsNamedByTheFileThatAPersonKnows() {
    assertThat(refused("a.csv.gz", packed("gz", "id,name\n7,Ann," + CANARY + "\n")).message())
        .contains("a.csv.gz, line 2, has 3 values");
  }

  @Test
  void aPackOfNothingIsEmpty() {
    assertThat(refused("a.csv.gz", packed("gz", "")).code()).isEqualTo("source.empty");
    assertThat(refused("a.csv.gz", new byte[0]).code()).isEqualTo("source.empty");
  }

  @Test
  void isNotUnpackedToItsEndOnceTheRunIsToEnd() throws IOException {
    Path file = Files.write(folder.resolve("audience.csv.gz"), packed("gz", THREE));
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();

    try (Unpacker unpacker = new Unpacker(sources.request(file), cancellation)) {
      HostException e = catchThrowableOfType(HostException.class, () -> unpacker.open(file));
      assertThat(BreakOff.interrupted(e)).isTrue();
    }
  }
}
