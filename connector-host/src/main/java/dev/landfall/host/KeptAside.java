package dev.landfall.host;

import dev.landfall.connector.Malformed;
import dev.landfall.host.history.RunFiles;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.source.StreamListener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Keeps what in a source is no record, in the files of the run, and counts it. */
final class KeptAside implements StreamListener {

  private final Supplier<RunFiles> files;
  private final List<RunReport.Notice> notices;
  private final Map<String, RunReport.Line> byCode = new LinkedHashMap<>();

  /**
   * Keeps it.
   *
   * @param files opens the files of the run; they are made for the first that is kept
   * @param notices where what the connector says goes
   */
  KeptAside(Supplier<RunFiles> files, List<RunReport.Notice> notices) {
    this.files = files;
    this.notices = notices;
  }

  @Override
  public void aside(List<Malformed> malformed) {
    try (RunFiles open = files.get()) {
      open.aside(malformed);
    }
    for (Malformed one : malformed) {
      byCode.merge(
          one.problem().code(),
          RunReport.Line.of(one.problem(), 1),
          (soFar, next) ->
              new RunReport.Line(soFar.code(), soFar.count() + 1, soFar.message(), soFar.remedy()));
    }
  }

  @Override
  public void notice(String code, String message) {
    RunReport.Notice notice = new RunReport.Notice(code, message);
    synchronized (notices) {
      notices.add(notice);
    }
  }

  /** What is wrong with it, by code, with how often; empty if there is nothing. */
  List<RunReport.Line> problems() {
    return List.copyOf(byCode.values());
  }
}
