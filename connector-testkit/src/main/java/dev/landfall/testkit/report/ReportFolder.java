package dev.landfall.testkit.report;

import dev.landfall.testkit.conformance.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder with a report in every form. */
public final class ReportFolder {

  private ReportFolder() {}

  /**
   * Writes {@code report.json}, {@code junit.xml} and {@code report.html}.
   *
   * @param folder where to; made if it does not exist
   * @param report what was found
   * @param known what is known to be broken
   * @throws IOException if the folder cannot be written
   */
  public static void write(Path folder, Report report, KnownViolations known) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("report.json"), JsonReport.text(report, known));
    Files.writeString(folder.resolve("junit.xml"), JunitXml.text(report, known));
    Files.writeString(folder.resolve("report.html"), HtmlReport.text(report, known));
  }
}
