package dev.landfall.host.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.host.HostException;
import dev.landfall.host.ledger.Settlement;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files of one run: {@code run.json}, replaced as a whole, and {@code failures.jsonl}, one line
 * for each record that failed. Plain files, so that they can be read while the run is under way.
 */
public final class RunFiles implements AutoCloseable {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(i -> i.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  private final Path folder;
  private @Nullable BufferedWriter failures;

  private RunFiles(Path folder) {
    this.folder = folder;
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

  /** The latest run of which something is true, or empty if there is none. */
  public static Optional<RunReport> latest(Path runs, Predicate<RunReport> which) {
    // A run's id begins with the moment it began.
    try (Stream<Path> folders = Files.list(runs)) {
      return folders
          .sorted(Comparator.comparing(Path::getFileName).reversed())
          .flatMap(folder -> new RunFiles(folder).read().stream())
          .filter(which)
          .findFirst();
    } catch (IOException e) {
      throw unwritable(runs);
    }
  }

  /** A report as JSON, as people and programs read it. */
  public static String json(Object report) {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report);
  }

  /** Writes how the run stands, in place of what was written before. */
  public void write(RunReport report) {
    try {
      Path fresh = folder.resolve("run.json.new");
      Files.writeString(fresh, json(report));
      Files.move(fresh, folder.resolve("run.json"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw unwritable(folder);
    }
  }

  /** What was written last, or empty if nothing was or it cannot be read. */
  public Optional<RunReport> read() {
    Path file = folder.resolve("run.json");
    try {
      return Files.exists(file)
          ? Optional.of(JSON.readValue(Files.readString(file), RunReport.class))
          : Optional.empty();
    } catch (IOException | JacksonException e) {
      return Optional.empty();
    }
  }

  /** Notes the failures among settlements. */
  public void failures(List<Settlement> settlements) {
    try {
      for (Settlement settlement : settlements) {
        Optional<Problem> problem = settlement.outcome().fold(new Failed());
        if (problem.isPresent()) {
          append(settlement, problem.get());
        }
      }
      if (failures != null) {
        failures.flush();
      }
    } catch (IOException e) {
      throw unwritable(folder);
    }
  }

  @Override
  public void close() {
    try {
      if (failures != null) {
        failures.close();
      }
    } catch (IOException e) {
      throw unwritable(folder);
    }
  }

  private void append(Settlement settlement, Problem problem) throws IOException {
    if (failures == null) {
      failures = Files.newBufferedWriter(folder.resolve("failures.jsonl"));
    }
    Map<String, String> line = new LinkedHashMap<>();
    line.put("member", settlement.change().text());
    line.put("direction", settlement.change().kind().word());
    line.put("code", problem.code());
    line.put("message", problem.message());
    line.put("remedy", problem.remedy());
    line.put("at", settlement.at().toString());
    failures.write(JSON.writeValueAsString(line));
    failures.newLine();
  }

  private static HostException unwritable(Path folder) {
    return HostException.unavailable(
        "history.unwritable",
        "The run's files in " + folder + " cannot be written.",
        "Make room, and grant the right to write there.");
  }

  private static final class Failed implements Outcome.Cases<Optional<Problem>> {
    @Override
    public Optional<Problem> delivered(Outcome.Delivered outcome) {
      return Optional.empty();
    }

    @Override
    public Optional<Problem> accepted(Outcome.Accepted outcome) {
      return Optional.empty();
    }

    @Override
    public Optional<Problem> rejected(Outcome.Rejected outcome) {
      return Optional.of(outcome.problem());
    }

    @Override
    public Optional<Problem> retryable(Outcome.Retryable outcome) {
      return Optional.of(outcome.problem());
    }

    @Override
    public Optional<Problem> unknown(Outcome.Unknown outcome) {
      return Optional.of(outcome.problem());
    }

    @Override
    public Optional<Problem> notAttempted(Outcome.NotAttempted outcome) {
      return Optional.empty();
    }
  }
}
