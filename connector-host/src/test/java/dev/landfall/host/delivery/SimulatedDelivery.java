package dev.landfall.host.delivery;

import dev.landfall.connector.ConfirmsLater;
import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Confirmation;
import dev.landfall.connector.outcome.Effect;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.outcome.Receipt;
import dev.landfall.connector.sync.AudienceSyncMode;
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.host.ledger.Change;
import dev.landfall.host.ledger.Journal;
import dev.landfall.host.ledger.Outstanding;
import dev.landfall.host.ledger.RowShape;
import dev.landfall.host.ledger.Rules;
import dev.landfall.host.ledger.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A delivery on virtual time whose plan, session and journal a test sets, and then looks at. */
final class SimulatedDelivery
    implements Changes, Journal, DestinationSession, ConfirmsLater, DeliveryListener {

  static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  static final DestinationDescriptor FAKE = fake(ChangeKind.ADD, ChangeKind.REMOVE);
  static final RowSchema SCHEMA = new RowSchema(FAKE.fields(), List.of("id"));
  static final Outcome DELIVERED = new Outcome.Delivered(Effect.CHANGED);

  /** A call of {@code deliver}. */
  record Call(Instant at, Batch batch) {
    String id() {
      return String.valueOf(batch.rows().get(0).text(0));
    }
  }

  final SimulatedLanes lanes;
  final List<Change> plan = new ArrayList<>();
  final List<Change> intended = new ArrayList<>();
  final List<Settlement> recorded = new ArrayList<>();
  final List<Settlement> told = new ArrayList<>();
  final List<Call> calls = new ArrayList<>();

  /** Every question for a receipt, and when it was asked. */
  final List<String> asks = new ArrayList<>();

  final Map<Long, Outstanding> receipts = new TreeMap<>();
  final List<String> confirmed = new ArrayList<>();
  final List<String> notices = new ArrayList<>();
  final List<String> log = new ArrayList<>();
  final Cancellation cancellation = new Cancellation();
  DestinationDescriptor descriptor = FAKE;
  DeliveryPolicy policy = policy(1);
  Rules rules = new Rules(Duration.ofMinutes(15));
  Duration confirmWithin = Duration.ofMinutes(2);
  DestinationSession session = this;
  Function<Batch, @Nullable Confirmation> confirmations =
      batch -> new Confirmation.Pending(Duration.ofDays(1));
  Function<Batch, BatchResult> answers = batch -> all(batch, DELIVERED);
  Consumer<List<Change>> onIntend = window -> {};
  Consumer<List<Settlement>> onRecord = settlements -> {};
  Runnable onConfirm = () -> {};
  Consumer<List<Settlement>> onSettled = settlements -> {};
  int closes;
  private final Random random;

  SimulatedDelivery(long seed) {
    random = new Random(seed);
    lanes = new SimulatedLanes(random, START);
  }

  static DestinationDescriptor fake(ChangeKind... idempotent) {
    return DestinationDescriptor.builder("fake", "Fake", "1.0.0")
        .modes(AudienceSyncMode.MIRROR)
        .field(FieldSpec.of("id", FieldType.TEXT).asRequired())
        .field(FieldSpec.of("tier", FieldType.INTEGER))
        .keyField("id")
        .batch(1, 1_000)
        .callsInFlight(64)
        .idempotent(idempotent)
        .build();
  }

  static DeliveryPolicy policy(int maxInFlight) {
    return new DeliveryPolicy(maxInFlight, false, 1, null, 3, 1_000, null);
  }

  static Problem problem(ProblemKind kind, String code) {
    return new Problem(kind, code, "It happened.", "Do something.");
  }

  static BatchResult all(Batch batch, Outcome outcome) {
    return BatchResult.of(batch.rows().stream().map(row -> outcome).toList());
  }

  static Outcome.Retryable refused() {
    return new Outcome.Retryable(problem(ProblemKind.UNAVAILABLE, "fake.refused"), null);
  }

  static Outcome.Unknown timedOut() {
    return new Outcome.Unknown(problem(ProblemKind.UNAVAILABLE, "fake.timed-out"), null);
  }

  static Outcome.Rejected rejected(String code) {
    return new Outcome.Rejected(problem(ProblemKind.RECORD, code));
  }

  static Outcome.Retryable throttled(@Nullable Duration retryAfter) {
    return new Outcome.Retryable(problem(ProblemKind.THROTTLED, "fake.throttled"), retryAfter);
  }

  SimulatedDelivery removes(int count) {
    return plan(ChangeKind.REMOVE, count, false);
  }

  SimulatedDelivery adds(int count) {
    return plan(ChangeKind.ADD, count, false);
  }

  SimulatedDelivery plan(ChangeKind kind, int count, boolean rejectedBefore) {
    for (int i = 0; i < count; i++) {
      long seq = plan.size() + 1L;
      List<@Nullable String> others = kind.keyOnly() ? List.of() : List.of("7");
      plan.add(new Change(seq, kind, "m" + seq, "m" + seq, others, null, rejectedBefore));
    }
    return this;
  }

  DeliveryReport run() {
    return Delivery.run(
        new DeliveryRequest(
            descriptor,
            session,
            SCHEMA,
            AudienceSyncMode.MIRROR.changeKinds(),
            policy,
            confirmWithin,
            this,
            this,
            rules,
            lanes.clock(),
            lanes,
            random,
            cancellation,
            this));
  }

  /** The virtual time since the start. */
  Duration elapsed() {
    return Duration.ofNanos(lanes.nanos());
  }

  /** The calls for one member. */
  List<Call> calls(String id) {
    return calls.stream().filter(call -> call.id().equals(id)).toList();
  }

  @Override
  public long count(ChangeKind kind) {
    return plan.stream().filter(change -> change.kind() == kind).count();
  }

  @Override
  public List<Change> page(ChangeKind kind, long afterSeq, int max) {
    return plan.stream()
        .filter(change -> change.kind() == kind && change.seq() > afterSeq)
        .limit(max)
        .toList();
  }

  @Override
  public void intend(List<Change> window) {
    log.add("intend " + window.size());
    onIntend.accept(window);
    intended.addAll(window);
  }

  @Override
  public void record(List<Settlement> settlements) {
    log.add("record " + settlements.size());
    onRecord.accept(settlements);
    recorded.addAll(settlements);
    settlements.forEach(this::keep);
  }

  /** A receipt for each row: what becomes of batches is the ledger's business. */
  private void keep(Settlement s) {
    if (s.outcome() instanceof Outcome.Accepted accepted) {
      long id = s.change().seq();
      receipts.put(
          id,
          new Outstanding(
              id,
              accepted.receipt(),
              s.change().kind(),
              "this",
              true,
              "",
              List.of(new Outstanding.Accepted(s.change(), s.at(), true))));
    }
  }

  @Override
  public List<Long> outstanding(RowShape shape) {
    return List.copyOf(receipts.keySet());
  }

  @Override
  public Optional<Outstanding> outstanding(long id) {
    return Optional.ofNullable(receipts.get(id));
  }

  @Override
  public List<Settlement> confirm(Outstanding receipt, List<Outcome> outcomes) {
    onConfirm.run();
    receipts.remove(receipt.id());
    List<Settlement> settled = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      Instant now = lanes.clock().instant();
      settled.add(new Settlement(receipt.rows().get(i).change(), outcomes.get(i), null, now));
    }
    return settled;
  }

  @Override
  public @Nullable Confirmation confirm(Receipt receipt, Batch batch) {
    asks.add(receipt.value() + " after " + elapsed().toSeconds());
    return confirmations.apply(batch);
  }

  @Override
  public void confirmed(String run, List<Settlement> settlements) {
    settlements.forEach(
        s -> confirmed.add(s.change().member() + " " + s.outcome().getClass().getSimpleName()));
  }

  @Override
  public BatchResult deliver(Batch batch) {
    calls.add(new Call(lanes.clock().instant(), batch));
    return answers.apply(batch);
  }

  @Override
  public void close() {
    closes++;
  }

  @Override
  public void settled(List<Settlement> settlements) {
    onSettled.accept(settlements);
    told.addAll(settlements);
  }

  @Override
  public void notice(String code, String message) {
    notices.add(code + " " + message);
  }
}
