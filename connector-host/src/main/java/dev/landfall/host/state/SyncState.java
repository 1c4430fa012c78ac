package dev.landfall.host.state;

import dev.landfall.connector.sync.AudienceSyncMode;
import dev.landfall.connector.sync.RecordSyncMode;
import dev.landfall.connector.sync.SyncMode;
import dev.landfall.host.HostException;
import dev.landfall.host.state.Held.HeldLedger;
import dev.landfall.host.state.Held.Phase;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is remembered of one sync, and the right to write it: while this is open, no other run of
 * the sync is. Which ledger belongs to which target stands in one small file that is replaced as a
 * whole, so a crash leaves either the old or the new.
 */
public final class SyncState implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String RECORD = "sync.json";

  /** What a manifest whose target moved is to do. */
  public enum WhenMoved {
    /** Refuse, and say the ways out. */
    REFUSE,
    /** Set the old ledger aside under its target; take up the new target's, or begin one. */
    NEW_TARGET,
    /** Keep the ledger: it is the same target under a new address or account. */
    SAME_TARGET
  }

  /**
   * The ledger that a run is to work with. Nothing is changed until {@link SyncState#hold}.
   *
   * @param file the ledger's file
   * @param returning whether the target was left before, and comes back: its rows are to be
   *     distrusted
   */
  public record Place(Path file, boolean returning, Held next) {}

  private final StateFolder state;
  private final String sync;
  private final Lock lock;

  private SyncState(StateFolder state, String sync, Lock lock) {
    this.state = state;
    this.sync = sync;
    this.lock = lock;
  }

  /**
   * Takes the right to write a sync's state.
   *
   * @throws HostException if another run has it, or the folder cannot be written
   */
  public static SyncState open(StateFolder state, String sync) {
    Lock lock = Lock.take(state.lock(sync), sync);
    try {
      StateFolder.makePrivate(state.sync(sync));
      return new SyncState(state, sync, lock);
    } catch (IOException e) {
      lock.close();
      throw StateFolder.unwritable(state.root(), e);
    }
  }

  /** The folder of this sync. */
  public Path folder() {
    return state.sync(sync);
  }

  /** A folder of the sync, made if it is not there. */
  public Path folder(String name) {
    try {
      Path folder = folder().resolve(name);
      StateFolder.makePrivate(folder);
      return folder;
    } catch (IOException e) {
      throw StateFolder.unwritable(state.root(), e);
    }
  }

  /**
   * Finds the ledger for a target.
   *
   * @throws HostException if the target moved and the manifest may not follow it, or if a ledger
   *     that should be there is not
   */
  public Place place(TargetIdentity target, SyncMode mode, WhenMoved whenMoved) {
    Optional<Held> held = read(sync);
    Optional<HeldLedger> current = held.flatMap(Held::current);
    if (current.isEmpty()) {
      requireNoStrayLedger();
      return begin(List.of(), target, mode);
    }
    HeldLedger ledger = current.get();
    List<HeldLedger> others = new ArrayList<>(held.get().ledgers());
    others.remove(ledger);
    if (ledger.target().equals(target)) {
      return keep(others, ledger, target, mode, ledger.phase());
    }
    return switch (whenMoved) {
      case REFUSE -> throw moved(ledger.target(), target);
      case SAME_TARGET -> {
        requireSameGroup(ledger.target(), target);
        yield keep(others, ledger, target, mode, ledger.phase());
      }
      case NEW_TARGET -> {
        others.add(ledger.as(ledger.target(), false, ledger.phase()));
        Optional<HeldLedger> returning =
            others.stream().filter(l -> l.target().equals(target)).findFirst();
        returning.ifPresent(others::remove);
        yield returning.isPresent()
            ? keep(others, returning.get(), target, mode, returned(returning.get()))
            : begin(others, target, mode);
      }
    };
  }

  /**
   * Makes a place this sync's own: from here on, no other sync may hold its target, unless all of
   * them only add, all only remove, or all only insert.
   *
   * @throws HostException if another sync holds the target
   */
  public void hold(Place place) {
    Lock.whileHolding(state.lock(".claims"), () -> claim(place.next()));
  }

  private void claim(Held next) {
    TargetIdentity target = next.current().orElseThrow().target();
    for (String other : state.syncs()) {
      Optional<Held> rival =
          other.equals(sync)
              ? Optional.empty()
              : read(other)
                  .filter(h -> h.current().filter(l -> l.target().overlaps(target)).isPresent())
                  .filter(h -> !share(h.mode(), next.mode()));
      if (rival.isPresent()) {
        throw heldByAnother(other, rival.get().mode(), target);
      }
    }
    write(next);
  }

  /** Notes that the ledger that is held is there, and distrusted if it was to be. */
  public void ready() {
    Held held = read(sync).orElseThrow();
    write(
        new Held(
            held.mode(),
            held.ledgers().stream()
                .map(l -> l.current() ? l.as(l.target(), true, Phase.READY) : l)
                .toList()));
  }

  /**
   * Takes over the state of a sync that was renamed. This sync must not have a ledger yet.
   *
   * @throws HostException if there is nothing to take over, or something here already
   */
  @SuppressWarnings("try") // the lock is held, not used
  public void adopt(String oldName) {
    if (read(sync).isPresent()) {
      throw HostException.configuration(
          "state.adopt-over",
          "The sync " + sync + " has a ledger of its own already.",
          "Leave --adopt out, or give the manifest a name that no sync had yet.");
    }
    // A name is looked up, never followed as a path.
    if (!state.syncs().contains(oldName) || read(oldName).isEmpty()) {
      throw HostException.configuration(
          "state.adopt-nothing",
          "There is no sync " + oldName + " in the state folder " + state.root() + ".",
          "Its folder " + state.root() + " has: " + String.join(", ", state.syncs()) + ".");
    }
    try (Lock old = Lock.take(state.lock(oldName), oldName)) {
      forgetPlans();
      Files.move(state.sync(oldName), folder(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw StateFolder.unwritable(state.root(), e);
    }
  }

  /** A sync without a ledger can only have been planned, and its plans are void with another. */
  private void forgetPlans() throws IOException {
    requireNoStrayLedger();
    try (Stream<Path> files = Files.walk(folder())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Override
  public void close() {
    lock.close();
  }

  private static boolean share(String mode, String other) {
    return mode.equals(other)
        && (mode.equals(AudienceSyncMode.ADD.word())
            || mode.equals(AudienceSyncMode.REMOVE.word())
            || mode.equals(RecordSyncMode.INSERT.word()));
  }

  private Place begin(List<HeldLedger> others, TargetIdentity target, SyncMode mode) {
    String file = "ledger-" + UUID.randomUUID() + ".duckdb";
    return place(others, new HeldLedger(file, target, true, Phase.FRESH), mode);
  }

  /** A ledger that was never begun has nothing to distrust. */
  private static Phase returned(HeldLedger ledger) {
    return ledger.phase() == Phase.FRESH ? Phase.FRESH : Phase.RETURNING;
  }

  private Place keep(
      List<HeldLedger> others,
      HeldLedger ledger,
      TargetIdentity target,
      SyncMode mode,
      Phase phase) {
    if (phase != Phase.FRESH && !Files.isRegularFile(folder().resolve(ledger.file()))) {
      throw HostException.unavailable(
          "ledger.missing",
          "The ledger of the sync %s is missing: %s."
              .formatted(sync, folder().resolve(ledger.file())),
          "Restore the sync's folder from a backup. To begin anew without it, remove the folder "
              + folder()
              + "; the next run then removes nobody whom it did not add itself.");
    }
    return place(others, ledger.as(target, true, phase), mode);
  }

  private Place place(List<HeldLedger> others, HeldLedger current, SyncMode mode) {
    List<HeldLedger> all = new ArrayList<>(others);
    all.add(current);
    return new Place(
        folder().resolve(current.file()),
        current.phase() == Phase.RETURNING,
        new Held(mode.word(), List.copyOf(all)));
  }

  private void requireNoStrayLedger() {
    try (var files = Files.list(folder())) {
      if (files.anyMatch(f -> f.getFileName().toString().startsWith("ledger-"))) {
        throw damaged(folder().resolve(RECORD));
      }
    } catch (IOException e) {
      throw StateFolder.unwritable(state.root(), e);
    }
  }

  private void requireSameGroup(TargetIdentity old, TargetIdentity now) {
    if (!old.connector().equals(now.connector())
        || !old.target().equals(now.target())
        || !old.key().equals(now.key())) {
      throw HostException.configuration(
          "target.not-the-same",
          "The sync %s held %s; %s is another target, not the same one under a new address."
              .formatted(sync, old.words(), now.words()),
          "Use --new-target, which sets the old ledger aside, or a new sync name.");
    }
  }

  private HostException moved(TargetIdentity old, TargetIdentity now) {
    if (old.overlaps(now)) {
      return HostException.configuration(
          "target.key-moved",
          "The ledger of the sync %s knows records by their key %s, and the manifest now says %s."
              .formatted(sync, String.join(", ", old.key()), String.join(", ", now.key())),
          "Give the manifest a new name; or run with --new-target to set the old ledger aside.");
    }
    String what =
        old.target().equals(now.target()) && old.connector().equals(now.connector())
            ? "its connection has another " + String.join(" and another ", now.movedBy(old))
            : old.words() + " became " + now.words();
    return HostException.configuration(
        "target.moved",
        "The target of the sync %s is not the one its ledger belongs to: %s.".formatted(sync, what),
        "Give the manifest a new name; or run with --new-target to set the old ledger aside; or, if"
            + " it is the same target under a new address or account, with --same-target.");
  }

  private static HostException heldByAnother(String other, String mode, TargetIdentity target) {
    return HostException.configuration(
        "target.held",
        "The sync %s (mode %s) holds %s already; two syncs would undo each other's work."
            .formatted(other, mode, target.words()),
        "Write both audiences in one query of one sync.");
  }

  /**
   * What a sync is known to have worked with last; read without the right to write, which another
   * run may have.
   *
   * @param mode the mode's word
   * @param target the target of its ledger
   * @param ledger the ledger's file; it may not be there yet
   * @param returning whether the target was left before and came back, so that nothing in the
   *     ledger is to be trusted
   * @param ledgers that one and those that were set aside, each with its connector's id
   */
  public record Remembered(
      String mode,
      TargetIdentity target,
      Path ledger,
      boolean returning,
      Map<Path, String> ledgers) {
    /** Copies the ledgers. */
    public Remembered {
      ledgers = Map.copyOf(ledgers);
    }
  }

  /** What is remembered of a sync; empty if it never ran. */
  public static Optional<Remembered> remembered(StateFolder state, String sync) {
    return read(state, sync)
        .flatMap(
            held ->
                held.current()
                    .map(
                        l ->
                            new Remembered(
                                held.mode(),
                                l.target(),
                                state.sync(sync).resolve(l.file()),
                                l.phase() == Phase.RETURNING,
                                held.ledgers().stream()
                                    .collect(
                                        Collectors.toMap(
                                            one -> state.sync(sync).resolve(one.file()),
                                            one -> one.target().connector())))));
  }

  private Optional<Held> read(String name) {
    return read(state, name);
  }

  private static Optional<Held> read(StateFolder state, String name) {
    Path file = state.sync(name).resolve(RECORD);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Held held = JSON.readValue(Files.readString(file), Held.class);
      if (held == null) {
        throw damaged(file);
      }
      return Optional.of(held);
    } catch (IOException e) {
      throw StateFolder.unwritable(state.root(), e);
    } catch (JacksonException e) {
      throw damaged(file);
    }
  }

  private static HostException damaged(Path file) {
    return HostException.unavailable(
        "state.damaged",
        "The file "
            + file
            + " is missing or damaged; it says which ledger belongs to which target.",
        "Restore the sync's folder from a backup, or remove the folder to begin anew.");
  }

  private void write(Held held) {
    Path file = folder().resolve(RECORD);
    Path fresh = folder().resolve(RECORD + ".new");
    try {
      Files.write(fresh, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(held));
      try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw StateFolder.unwritable(state.root(), e);
    }
  }
}
