package dev.landfall.host.history;

import dev.landfall.host.HostException;
import dev.landfall.host.duckdb.Database;
import dev.landfall.host.duckdb.DatabaseException;
import dev.landfall.host.ledger.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/**
 * What is kept of one run, for reading: also while the run is under way in another process. Every
 * method throws a {@link HostException} if the file it reads is damaged.
 */
public final class KeptRun {

  private final Path folder;

  private KeptRun(Path folder) {
    this.folder = folder;
  }

  /**
   * The runs in a folder, the latest first.
   *
   * @param runs the folder of a sync's runs; need not be there
   */
  public static List<KeptRun> in(Path runs) {
    if (!Files.isDirectory(runs)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(runs)) {
      return folders
          .filter(Files::isDirectory)
          .map(KeptRun::new)
          .sorted(Comparator.comparing(KeptRun::id).reversed())
          .toList();
    } catch (IOException e) {
      throw unreadable(runs);
    }
  }

  static KeptRun at(Path folder) {
    return new KeptRun(folder);
  }

  /** The run's id. */
  public String id() {
    return String.valueOf(folder.getFileName());
  }

  /** Where its files lie. */
  public Path folder() {
    return folder;
  }

  /** How the run stands or ended; empty if it had not yet begun to write, or is being deleted. */
  public Optional<RunReport> report() {
    Path file = folder.resolve(RunFiles.REPORT);
    try {
      return Optional.ofNullable(JsonLines.JSON.readValue(Files.readString(file), RunReport.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | JacksonException e) {
      throw unreadable(file);
    }
  }

  /** The records that failed so far, in the order of their failing. */
  public void failures(Consumer<Failure> each) {
    JsonLines.read(folder.resolve(RunFiles.FAILURES), Failure.class, each);
  }

  /** What the run found in the source that is no record, in the order of the source. */
  public void aside(Consumer<Aside> each) {
    JsonLines.read(folder.resolve(RunFiles.ASIDE), Aside.class, each);
  }

  /** Whether records failed in it, or something of the source was kept aside. */
  public boolean hasFailures() {
    return Stream.of(RunFiles.FAILURES, RunFiles.ASIDE)
        .map(name -> folder.resolve(name).toFile())
        .anyMatch(file -> file.length() > 0);
  }

  /** What the run asked for a member, and was answered. */
  public List<Attempt> attempts(Database database, String member) {
    try {
      return new ChangesFile(folder).attempts(database, member);
    } catch (DatabaseException e) {
      throw unreadable(folder);
    }
  }

  /** The books of a run that did not write their end, from what it was answered so far. */
  public RunReport soFar(RunReport begun, RunStatus status, long durationMs) {
    Counts adds = new Counts();
    Counts removes = new Counts();
    JsonLines.read(
        new ChangesFile(folder).lines(),
        Attempt.class,
        a -> (a.isRemoval() ? removes : adds).count(id(), a));
    return begun.with(status, adds.of(begun.adds()), removes.of(begun.removes()), durationMs);
  }

  /**
   * Erases a member from the files of a run that has ended.
   *
   * @param member its identity
   * @param spelled whether a text as it was sent is a spelling of it
   * @param names whether what was kept aside is of it too
   * @return how many changes of it there were, and pieces that were kept aside
   */
  public long erase(
      Database database, String member, Predicate<String> spelled, Predicate<Aside> names) {
    try {
      unfinished();
      long failed =
          JsonLines.erase(
              folder.resolve(RunFiles.FAILURES), Failure.class, f -> spelled.test(f.member()));
      long aside = JsonLines.erase(folder.resolve(RunFiles.ASIDE), Aside.class, names);
      return Math.max(failed, new ChangesFile(folder).erase(database, member)) + aside;
    } catch (IOException | DatabaseException e) {
      throw RunFiles.unwritable(folder);
    }
  }

  /** What a crash left half written. */
  private void unfinished() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".new")).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Deletes the run's files, its report first: what a crash leaves is no run any more. */
  void delete() throws IOException {
    Files.deleteIfExists(folder.resolve(RunFiles.REPORT));
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  static HostException unreadable(Path file) {
    return HostException.unavailable(
        "history.unreadable",
        "The run's files in " + file + " cannot be read, or are damaged.",
        "Grant the right to read them, or move the run's folder away; the ledger does not need it.");
  }

  /** Counts what was answered. */
  private static final class Counts {
    private long delivered;
    private long unchanged;
    private long rejected;
    private long retryable;
    private long unknown;
    private long accepted;

    void count(String run, Attempt attempt) {
      String confirms = attempt.confirms();
      if (confirms != null && !confirms.equals(run)) {
        return;
      }
      accepted -= confirms == null ? 0 : 1;
      switch (attempt.outcome()) {
        case "delivered" -> delivered++;
        case "unchanged" -> {
          delivered++;
          unchanged++;
        }
        case "rejected" -> rejected++;
        case "retryable" -> retryable++;
        case "unknown" -> unknown++;
        case "accepted" -> accepted++;
        default -> {}
      }
    }

    /** What was planned and is not answered is not attempted yet. */
    Tally of(Tally begun) {
      return new Tally(
          begun.planned(),
          delivered,
          unchanged,
          rejected,
          retryable,
          unknown,
          accepted,
          begun.withheld(),
          begun.quarantined(),
          begun.notAttempted() - (delivered + rejected + retryable + unknown + accepted));
    }
  }
}
