package dev.landfall.host.plan;

import dev.landfall.host.HostException;
import dev.landfall.host.duckdb.Database;
import dev.landfall.host.duckdb.DatabaseException;
import dev.landfall.host.ledger.RowShape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A plan that was kept, so that a run can send just its changes: what it was made of, and beside it
 * the database with the changes.
 *
 * @param id names everything the plan depends on
 * @param inputs what it was made of
 * @param plan its numbers
 * @param shape what the rows look like that will be sent
 * @param rows rows the source held
 * @param duplicates rows of a member that an earlier row named
 * @param blank rows without a member id
 * @param malformed what the source held that is no row
 */
public record StoredPlan(
    String id,
    Inputs inputs,
    Plan plan,
    RowShape shape,
    long rows,
    long duplicates,
    long blank,
    long malformed) {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String JSON_SUFFIX = ".json";

  /** Enough to look at yesterday's plan; a plan is void after the next run anyhow. */
  private static final int KEPT = 5;

  /**
   * What a plan is made of, beside the audience. If one of these moved, the plan is void.
   *
   * @param manifest the manifest in its canonical form, with references for secrets
   * @param target the digest of the target's identity
   * @param full whether the ledger was distrusted
   * @param retryRejected whether members rejected before were offered
   * @param generation the ledger's generation
   */
  public record Inputs(
      String manifest, String target, boolean full, boolean retryRejected, String generation) {}

  /** The id of a plan: the same for the same inputs and the same set of changes. */
  public static String id(Inputs inputs, Plan plan) {
    return digest(
        String.join(
            "\n",
            inputs.manifest(),
            inputs.target(),
            String.valueOf(inputs.full()),
            String.valueOf(inputs.retryRejected()),
            inputs.generation(),
            String.valueOf(plan.adds().offered()),
            plan.adds().digest(),
            String.valueOf(plan.removes().offered()),
            plan.removes().digest()));
  }

  /** A short digest of a text, in hexadecimal. */
  public static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /**
   * Keeps the plan.
   *
   * @param plans the folder of the sync's plans
   * @param changes the closed database with its changes; moved
   */
  public void keep(Path plans, Path changes) {
    try {
      Files.move(changes, changes(plans, id), StandardCopyOption.REPLACE_EXISTING);
      Files.writeString(plans.resolve(id + JSON_SUFFIX), JSON.writeValueAsString(this));
      forgetOldest(plans);
    } catch (IOException e) {
      throw unwritable(plans);
    }
  }

  /**
   * Finds a plan that was kept.
   *
   * @throws HostException if there is none with this id, or it cannot be read
   */
  public static StoredPlan find(Path plans, String id) {
    // An id is a name here, never a path.
    if (id.matches("[0-9a-f]{16}") && Files.exists(plans.resolve(id + JSON_SUFFIX))) {
      try {
        return JSON.readValue(Files.readString(plans.resolve(id + JSON_SUFFIX)), StoredPlan.class);
      } catch (IOException | JacksonException e) {
        throw unreadable("The plan " + id + " cannot be read.");
      }
    }
    throw notFound(id);
  }

  /** The database with a plan's changes. */
  public static Path changes(Path plans, String id) {
    return plans.resolve(id + ".duckdb");
  }

  /** Refuses a plan whose inputs are no longer what they were. */
  public void requireCurrent(Inputs now) {
    if (!inputs.equals(now)) {
      String moved = inputs.generation().equals(now.generation()) ? "manifest" : "ledger";
      throw HostException.configuration(
          "plan.void",
          "The plan %s is void: the %s moved since it was made.".formatted(id, moved),
          "Make a new plan, look at it, and sync that one.");
    }
  }

  /** A plan is there, and cannot be used. */
  static HostException unreadable(String message) {
    return HostException.unavailable(
        "plan.unreadable", message, "Run again without --plan, or make a new plan.");
  }

  /**
   * Deletes the plans that name a member, and those that cannot be read, as a whole.
   *
   * @param plans the folder of the sync's plans
   * @param database a database that nothing is attached to as {@code kept}
   * @param members the identities to look for
   * @return the ids of the plans
   */
  public static List<String> forgetNaming(
      Path plans, Database database, Collection<String> members) {
    List<String> forgotten = new ArrayList<>();
    try {
      for (String id : ids(plans)) {
        if (names(changes(plans, id), database, members)) {
          forget(plans, id);
          forgotten.add(id);
        }
      }
    } catch (IOException e) {
      throw unwritable(plans);
    }
    return forgotten;
  }

  private static boolean names(Path changes, Database database, Collection<String> members) {
    try {
      database.run("attach " + Database.literal(changes.toString()) + " as kept (read_only)");
    } catch (DatabaseException e) {
      return true;
    }
    PlanTable table = new PlanTable(database, "kept");
    boolean named = members.stream().anyMatch(member -> table.of(member).isPresent());
    database.run("detach kept");
    return named;
  }

  /** Lets go of plans that were made before a moment. */
  public static void forgetOlder(Path plans, Instant before) {
    try {
      for (String id : ids(plans)) {
        if (Files.getLastModifiedTime(plans.resolve(id + JSON_SUFFIX))
            .toInstant()
            .isBefore(before)) {
          forget(plans, id);
        }
      }
    } catch (IOException e) {
      throw unwritable(plans);
    }
  }

  private static HostException unwritable(Path plans) {
    return HostException.unavailable(
        "plan.unwritable",
        "The plan could not be kept in " + plans + ".",
        "Make room in the state folder and plan again.");
  }

  private static HostException notFound(String id) {
    return HostException.configuration(
        "plan.unknown",
        "There is no plan " + id + " of this sync.",
        "Take the id that \"landfall plan\" printed; the last " + KEPT + " plans are kept.");
  }

  private static void forgetOldest(Path plans) throws IOException {
    List<String> ids = ids(plans);
    for (String id : ids.subList(Math.min(KEPT, ids.size()), ids.size())) {
      forget(plans, id);
    }
  }

  /** The plans that are kept, the latest first. */
  private static List<String> ids(Path plans) throws IOException {
    try (Stream<Path> files = Files.list(plans)) {
      return files
          .filter(f -> f.toString().endsWith(JSON_SUFFIX))
          .sorted(Comparator.comparing((Path f) -> f.toFile().lastModified()).reversed())
          .map(f -> String.valueOf(f.getFileName()).replace(JSON_SUFFIX, ""))
          .toList();
    }
  }

  private static void forget(Path plans, String id) throws IOException {
    Files.deleteIfExists(plans.resolve(id + JSON_SUFFIX));
    Files.deleteIfExists(changes(plans, id));
  }
}
