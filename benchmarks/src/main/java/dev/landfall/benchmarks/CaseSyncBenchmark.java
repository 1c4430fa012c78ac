package dev.landfall.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.landfall.connector.Context;
import dev.landfall.connector.Source;
import dev.landfall.connector.SourceBatch;
import dev.landfall.connector.SourceReader;
import dev.landfall.connector.SourceRequest;
import dev.landfall.connector.settings.Settings;
import dev.landfall.host.plugin.Plugins;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Case updates into typed rows, beside FastCSV alone over the same file. A process does one of them
 * several times over, so that its memory can be told and its code is compiled.
 */
final class CaseSyncBenchmark {

  private static final String NAME = "CaseUpdatesSync_20260101.txt";

  /** What other processes take from a processor does not count, what the JVM itself does counts. */
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private CaseSyncBenchmark() {}

  /**
   * Does one thing, and prints of each round how many rows there were, its seconds, and the seconds
   * of a processor that it took.
   *
   * @param arguments "write", a folder, and how many bytes; or "fastcsv" or "source", the folder,
   *     how many rounds, and for the source the folder of plugins
   * @throws IOException if the file cannot be written or read
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[1]);
    long number = Long.parseLong(arguments[2]);
    Path file = folder.resolve(NAME);
    if (arguments[0].equals("write")) {
      write(file, number);
      return;
    }
    if (arguments[0].equals("fastcsv")) {
      measure(number, () -> fastCsv(file));
      return;
    }
    try (Plugins plugins = Plugins.load(Path.of(arguments[3]))) {
      Source source = plugins.source("kognitiv-case-sync").orElseThrow();
      measure(number, () -> rows(source, folder));
    }
  }

  private interface Reading {
    long rows() throws IOException;
  }

  private static void measure(long rounds, Reading reading) throws IOException {
    for (long round = 0; round < rounds; round++) {
      long begun = System.nanoTime();
      long processor = PROCESS.getProcessCpuTime();
      long rows = reading.rows();
      System.out.printf(
          Locale.ROOT,
          "%d %.3f %.3f%n",
          rows,
          (System.nanoTime() - begun) / 1e9,
          (PROCESS.getProcessCpuTime() - processor) / 1e9);
    }
  }

  /** Cases that overlap, each opened, touched a few times and closed, in the order of time. */
  private static void write(Path file, long bytes) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      CaseUpdates updates = new CaseUpdates();
      for (long written = 0; written < bytes; ) {
        String line = updates.next();
        out.write(line);
        written += line.length();
      }
    }
  }

  /** Every field of every row as a text, the header among them. */
  private static long fastCsv(Path file) throws IOException {
    long rows = 0;
    long fields = 0;
    try (CsvReader<CsvRecord> reader = CsvReader.builder().fieldSeparator('|').ofCsvRecord(file)) {
      for (CsvRecord row : reader) {
        rows++;
        fields += row.getFieldCount();
      }
    }
    return fields == 14 * rows ? rows - 1 : -1;
  }

  private static long rows(Source source, Path folder) {
    Settings settings =
        source
            .descriptor()
            .settings()
            .settings(Map.of("folder", folder.toString()), folder)
            .orThrow();
    long rows = 0;
    try (SourceReader reader =
        source.open(new SourceRequest("case_updates", settings, null, Context.builder().build()))) {
      for (Optional<SourceBatch> batch = reader.read(); batch.isPresent(); batch = reader.read()) {
        rows += batch.get().rows().size();
      }
    }
    return rows;
  }
}
