package dev.landfall.host.history;

import dev.landfall.connector.Malformed;
import dev.landfall.host.HostException;
import dev.landfall.host.duckdb.Database;
import dev.landfall.host.duckdb.DatabaseException;
import dev.landfall.host.ledger.Settlement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * The files of one run: {@code run.json}, replaced as a whole; {@code failures.jsonl}, one line for
 * each record that failed; {@code aside.jsonl}, one line for whatever in the source is no record;
 * and {@code changes.jsonl}, one line for each change, which {@link #pack} turns into {@code
 * changes.parquet}. Plain files, so that they can be read while the run is under way.
 */
public final class RunFiles implements AutoCloseable {

  static final String REPORT = "run.json";
  static final String FAILURES = "failures.jsonl";
  static final String ASIDE = "aside.jsonl";

  private final Path folder;
  private final ChangesFile changesFile;
  private final JsonLines failures;
  private final JsonLines aside;
  private final JsonLines changes;

  private RunFiles(Path folder) {
    this.folder = folder;
    changesFile = new ChangesFile(folder);
    failures = new JsonLines(folder.resolve(FAILURES));
    aside = new JsonLines(folder.resolve(ASIDE));
    changes = new JsonLines(changesFile.lines());
  }

  /**
   * The files of a run.
   *
   * @param runs the folder of the sync's runs
   * @param run the run's id
   */
  public static RunFiles of(Path runs, String run) {
    try {
      return new RunFiles(Files.createDirectories(runs.resolve(run)));
    } catch (IOException e) {
      throw unwritable(runs);
    }
  }

  /** A report as JSON, as people and programs read it. */
  public static String json(Object report) {
    return JsonLines.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report);
  }

  /** A report as JSON in one line. */
  public static String line(Object report) {
    return JsonLines.JSON.writeValueAsString(report);
  }

  /** Writes how the run stands, in place of what was written before. */
  public void write(RunReport report) {
    try {
      Path fresh = folder.resolve(REPORT + ".new");
      Files.writeString(fresh, json(report));
      Files.move(fresh, folder.resolve(REPORT), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw unwritable(folder);
    }
  }

  /** What was written last, or empty if nothing was or it cannot be read. */
  public Optional<RunReport> read() {
    try {
      return KeptRun.at(folder).report();
    } catch (HostException e) {
      // The books of a run that was killed are in the ledger; a damaged file must not stop the
      // next.
      return Optional.empty();
    }
  }

  /** Notes what was answered; readable by others once this returns. */
  public void settled(List<Settlement> settlements) {
    add(settlements.stream().map(Attempt::of).toList());
  }

  /** Notes what became of changes that a run had sent and that were only accepted then. */
  public void confirmed(String run, List<Settlement> settlements) {
    add(settlements.stream().map(s -> Attempt.confirmed(run, s)).toList());
  }

  /** Keeps what could not be made records; on the disk once this returns. */
  public void aside(List<Malformed> malformed) {
    try {
      for (Malformed one : malformed) {
        aside.add(Aside.of(one));
      }
      aside.force();
    } catch (IOException e) {
      throw unwritable(folder);
    }
  }

  private void add(List<Attempt> attempts) {
    try {
      for (Attempt attempt : attempts) {
        changes.add(attempt);
        Optional<Failure> failure = attempt.failure();
        if (failure.isPresent()) {
          failures.add(failure.get());
        }
      }
      changes.flush();
      failures.flush();
    } catch (IOException e) {
      throw unwritable(folder);
    }
  }

  /** Packs what was answered, once nothing more is noted; does nothing if that is done already. */
  public void pack(Database database) {
    try {
      changes.close();
      changesFile.pack(database);
    } catch (IOException | DatabaseException e) {
      throw unwritable(folder);
    }
  }

  @Override
  public void close() {
    try (failures;
        aside;
        changes) {
      failures.flush();
    } catch (IOException e) {
      throw unwritable(folder);
    }
  }

  static HostException unwritable(Path folder) {
    return HostException.unavailable(
        "history.unwritable",
        "The run's files in " + folder + " cannot be written.",
        "Make room, and grant the right to write there.");
  }
}
