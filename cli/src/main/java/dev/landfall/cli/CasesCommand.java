package dev.landfall.cli;

import static dev.landfall.cli.Output.count;

import dev.landfall.connector.settings.Secret;
import dev.landfall.host.HostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code landfall cases}. */
@Command(
    name = "cases",
    description =
        "Lists the cases that Case Sync files were loaded of, or tells one's history: who, when, what"
            + " changed. Reads a database; writes nothing.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  landfall cases --db jdbc:duckdb:.landfall/cases.duckdb",
      "  landfall cases --db jdbc:duckdb:.landfall/cases.duckdb 1022",
      "  landfall cases --db jdbc:postgresql://host/db --user u --password-env PG --open"
    })
final class CasesCommand implements Callable<Integer> {

  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);
  private static final int COLUMN = 12;
  private static final int EVENT = 25;
  private static final String ROW = "%-10s  %-7s  %-16s  %-10s  %-10s %8s %7s";

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--db",
      required = true,
      paramLabel = "URL",
      description = "The database, as the manifest's \"url\" names it; a file from here.")
  private String url = "";

  @Option(names = "--user", paramLabel = "NAME", description = "Who asks the database.")
  private @Nullable String user;

  @ArgGroup private Password password = new Password();

  @Option(names = "--open", description = "Lists open cases only.")
  private boolean open;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "How many cases, the latest first (default: ${DEFAULT-VALUE}).")
  private int limit = 50;

  @Parameters(arity = "0..1", paramLabel = "CASE", description = "The case to tell of.")
  private @Nullable String id;

  /** Never in the arguments themselves, which every user of a machine can read. */
  static final class Password {
    @Option(
        names = "--password-env",
        paramLabel = "NAME",
        description = "The environment variable with the user's password.")
    private @Nullable String variable;

    @Option(
        names = "--password-file",
        paramLabel = "FILE",
        description = "The file with the user's password.")
    private @Nullable Path file;

    @Nullable Secret read() {
      try {
        if (file != null) {
          return Secret.of(Files.readString(file).strip());
        }
        if (variable == null) {
          return null;
        }
        String value = System.getenv(variable);
        if (value != null && !value.isBlank()) {
          return Secret.of(value);
        }
      } catch (IOException e) {
        throw missing("The file that --password-file names cannot be read.");
      }
      throw missing("The environment variable that --password-env names is not set.");
    }

    private static HostException missing(String message) {
      return HostException.configuration("cases.password", message, "Correct it, and ask again.");
    }
  }

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new ParameterException(common.commandLine(), "--limit must be at least 1.");
    }
    common.log();
    try (CaseHistories cases =
        new CaseHistories(common.jdbcDrivers(), url, user, password.read())) {
      if (id == null) {
        list(cases.states(limit + 1, open));
      } else {
        tell(cases, id);
      }
      return ExitCode.DONE;
    }
  }

  private void list(List<Map<String, @Nullable Object>> states) {
    boolean more = states.size() > limit;
    List<Map<String, @Nullable Object>> shown = more ? states.subList(0, limit) : states;
    Output output = common.output();
    if (common.json()) {
      output.json(Map.of("cases", shown.stream().map(CasesCommand::texts).toList()));
      return;
    }
    if (shown.isEmpty()) {
      output.line(open ? "No case is open." : "There is no case.");
      return;
    }
    output.verbatim(
        0, ROW.formatted("Case", "Status", "Last event", "Queue", "Category", "Reopened", "Odd"));
    for (Map<String, @Nullable Object> state : shown) {
      output.verbatim(
          0,
          ROW.formatted(
                  Output.printable(text(state, "case_id")),
                  text(state, "status"),
                  when(state.get("last_event_at"), DAY),
                  cut(text(state, "queue"), 10),
                  cut(text(state, "category"), 10),
                  text(state, "times_reopened"),
                  text(state, "anomalies"))
              .stripTrailing());
    }
    if (more) {
      output.blank();
      output.line("There are more; --limit shows them.");
    }
  }

  private void tell(CaseHistories cases, String caseId) {
    List<Map<String, @Nullable Object>> states = cases.state(caseId);
    if (states.isEmpty()) {
      throw HostException.configuration(
          "cases.unknown",
          "There is no case " + caseId + " in the database.",
          "Name one that \"landfall cases\" lists.");
    }
    Map<String, @Nullable Object> state = states.get(0);
    List<Map<String, @Nullable Object>> events = cases.timeline(caseId);
    if (common.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("case", texts(state));
      document.put("events", events.stream().map(CasesCommand::texts).toList());
      common.output().json(document);
      return;
    }
    head(state);
    common.output().blank();
    events.forEach(this::event);
  }

  private void head(Map<String, @Nullable Object> state) {
    Output output = common.output();
    output.line(Style.BOLD, "Case " + text(state, "case_id") + ": " + text(state, "status"));
    entry("Opened", when(state.get("opened_at"), WHEN));
    entry("Closed", when(state.get("closed_at"), WHEN));
    entry("Open for", duration(state));
    entry("Reopened", text(state, "times_reopened").equals("0") ? "" : times(state));
    entry("Queue", text(state, "queue"));
    entry("Category", text(state, "category"));
    entry("Location", text(state, "location"));
    entry("Descriptors", text(state, "descriptors"));
    entry("Member", member(state));
    entry("Touched by", text(state, "last_touched_by"));
  }

  private static String times(Map<String, @Nullable Object> state) {
    long times = Long.parseLong(text(state, "times_reopened"));
    return count(times, "time", "times");
  }

  private static String duration(Map<String, @Nullable Object> state) {
    String seconds = text(state, "open_seconds");
    return seconds.isEmpty() ? "" : Words.duration(Long.parseLong(seconds) * 1_000);
  }

  private static String member(Map<String, @Nullable Object> state) {
    String account = text(state, "member_primary_id");
    return text(state, "member_internal_id")
        + (account.isEmpty() ? "" : " (account " + account + ")");
  }

  private void entry(String word, String text) {
    if (!text.isEmpty()) {
      common.output().entry(COLUMN, word, text);
    }
  }

  private void event(Map<String, @Nullable Object> event) {
    Output output = common.output();
    List<String> parts = new ArrayList<>();
    String what = text(event, "what");
    parts.add(what.startsWith("unknown") ? what + " " + text(event, "code") : what);
    if (!text(event, "user").isEmpty()) {
      parts.add("by " + text(event, "user"));
    }
    String change = text(event, "change");
    output.entry(
        EVENT,
        when(event.get("timestamp"), WHEN),
        String.join(" ", parts) + (change.isEmpty() ? "" : ": " + change));
    text(event, "note").lines().forEach(line -> output.paragraph(EVENT + 2, line));
    if (!text(event, "anomaly").isEmpty()) {
      output.entry(Style.YELLOW, EVENT, "", "! " + text(event, "anomaly"));
    }
  }

  private static String text(Map<String, @Nullable Object> row, String column) {
    Object value = row.get(column);
    return value == null ? "" : value.toString();
  }

  private static String when(@Nullable Object moment, DateTimeFormatter format) {
    return moment instanceof Instant instant ? format.format(instant) : "";
  }

  private static String cut(String text, int length) {
    String printable = Output.printable(text);
    return printable.length() > length ? printable.substring(0, length - 1) + "…" : printable;
  }

  /** As JSON says it: moments in UTC, numbers as numbers, nothing where there is nothing. */
  private static Map<String, Object> texts(Map<String, @Nullable Object> row) {
    Map<String, Object> texts = new LinkedHashMap<>();
    row.forEach(
        (name, value) -> {
          if (value != null) {
            texts.put(name, value instanceof Instant moment ? moment.toString() : value);
          }
        });
    return texts;
  }
}
