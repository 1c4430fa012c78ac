package dev.landfall.host;

import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.settings.Parsed;
import dev.landfall.connector.settings.Violation;
import dev.landfall.connector.sync.FieldIdentity;
import dev.landfall.host.history.KeptRun;
import dev.landfall.host.ledger.Erasure;
import dev.landfall.host.plan.StoredPlan;
import dev.landfall.host.state.StateFolder;
import dev.landfall.host.state.SyncState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Erases a member from everything that is remembered. */
final class ForgetRun {

  private final RunEnvironment environment;
  private final StateFolder state;
  private final Function<String, Parsed<DestinationDescriptor>> connectors;
  private final String member;

  ForgetRun(
      RunEnvironment environment,
      StateFolder state,
      Function<String, Parsed<DestinationDescriptor>> connectors,
      String member) {
    this.environment = environment;
    this.state = state;
    this.connectors = connectors;
    this.member = member;
  }

  /** Begins only when no run is under way in any of the syncs, and all can be told apart. */
  ForgetReport run(List<String> syncs) {
    Map<String, SyncState> open = new LinkedHashMap<>();
    try {
      syncs.forEach(sync -> open.put(sync, SyncState.open(state, sync)));
      syncs.forEach(sync -> ledgers(SyncState.remembered(state, sync)));
      List<ForgetReport.OfSync> all = new ArrayList<>();
      open.forEach((sync, held) -> all.add(forget(sync, held)));
      return new ForgetReport(member, all);
    } finally {
      open.values().forEach(SyncState::close);
    }
  }

  private ForgetReport.OfSync forget(String sync, SyncState held) {
    Optional<SyncState.Remembered> remembered = SyncState.remembered(state, sync);
    Map<Path, FieldIdentity> files = ledgers(remembered);
    // A sync that never ran was planned at most; for which connector, nothing says.
    Set<FieldIdentity> spellings =
        files.isEmpty() ? EnumSet.allOf(FieldIdentity.class) : EnumSet.copyOf(files.values());
    state.forgetQuestions(sync);
    try (Workspace workspace = Workspace.open(held.folder("tmp"), environment.memoryMegabytes())) {
      List<String> plans =
          StoredPlan.forgetNaming(
              held.folder("plans"),
              workspace.database(),
              spellings.stream().map(spelling -> spelling.of(member)).toList());
      List<String> runs = new ArrayList<>();
      for (KeptRun run : KeptRun.in(state.runs(sync))) {
        if (named(run, workspace, spellings)) {
          runs.add(run.id());
        }
      }
      int ledgers = 0;
      int rejections = 0;
      for (Map.Entry<Path, FieldIdentity> ledger : files.entrySet()) {
        if (Files.exists(ledger.getKey())) {
          Erasure.Erased erased =
              Erasure.erase(
                  workspace.database(),
                  ledger.getKey(),
                  workspace.folder().resolve("ledger.duckdb"),
                  ledger.getValue().of(member),
                  member,
                  environment.clock());
          ledgers += erased.held() ? 1 : 0;
          rejections += erased.rejections();
        }
      }
      return new ForgetReport.OfSync(
          sync,
          remembered.map(SyncState.Remembered::mode).orElse(""),
          remembered.map(r -> r.target().words()).orElse(""),
          ledgers,
          rejections,
          runs,
          plans);
    }
  }

  private boolean named(KeptRun run, Workspace workspace, Set<FieldIdentity> spellings) {
    long changes = 0;
    for (FieldIdentity spelling : spellings) {
      String identity = spelling.of(member);
      changes +=
          run.erase(
              workspace.database(),
              identity,
              text -> spelling.of(text).equals(identity),
              aside -> isNamed(aside.raw()));
    }
    return changes > 0;
  }

  /** Whether the id stands in a text, and is no part of another. */
  private boolean isNamed(String text) {
    String word = "[\\p{L}\\p{N}]";
    return Pattern.compile("(?<!" + word + ")" + Pattern.quote(member) + "(?!" + word + ")")
        .matcher(text)
        .find();
  }

  /** The ledgers of a sync, and which texts are the same member to the connector of each. */
  private Map<Path, FieldIdentity> ledgers(Optional<SyncState.Remembered> remembered) {
    Map<Path, FieldIdentity> ledgers = new LinkedHashMap<>();
    remembered
        .map(SyncState.Remembered::ledgers)
        .orElse(Map.of())
        .forEach((file, connector) -> ledgers.put(file, spelling(connector)));
    return ledgers;
  }

  private FieldIdentity spelling(String connector) {
    Parsed<DestinationDescriptor> found = connectors.apply(connector);
    for (Violation violation : found.violations()) {
      throw HostException.configuration(
          violation.code(),
          violation.message(),
          "Install the connector: it knows which ids are the same member. Nothing was erased.");
    }
    return Subject.spelling(found.orThrow());
  }
}
