package com.example.acme;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.landfall.connector.settings.Secret;
import dev.landfall.testkit.sandbox.Answer;
import dev.landfall.testkit.sandbox.Call;
import dev.landfall.testkit.sandbox.HttpSandbox;
import dev.landfall.testkit.sandbox.Operation;
import dev.landfall.testkit.sandbox.Sandbox;
import dev.landfall.testkit.sandbox.SandboxProvider;
import dev.landfall.testkit.sandbox.SandboxRequest;
import java.net.URLDecoder;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Acme Mail on this machine. Ids that begin with "nobody" are unknown to it. */
public final class AcmeSandbox extends HttpSandbox {
  private static final String KEY = "k-5f1d7c30b2a94e68";

  /** A change that was taken on; its results are there once it is settled, soon after. */
  private record Job(
      Instant due, String list, boolean add, List<String> ids, List<String> results) {}

  private final List<Job> jobs = new CopyOnWriteArrayList<>();

  private final Clock clock;

  AcmeSandbox(SandboxRequest request) {
    super(request);
    clock = request.clock();
    request.target().values().forEach(list -> state().createGroup((String) list));
  }

  /** For ServiceLoader. */
  public static final class Provider implements SandboxProvider {
    @Override
    public String connector() {
      return "acme-mail";
    }

    @Override
    public Sandbox start(SandboxRequest request) {
      return new AcmeSandbox(request);
    }
  }

  @Override
  protected Operation receive(Call call) {
    List<String> path = call.segments().orElse(List.of());
    boolean known = path.size() >= 2 && call.header("X-Api-Key").filter(KEY::equals).isPresent();
    if (!known || (path.get(0).equals("lists") && !state().hasGroup(path.get(1)))) {
      return Operation.answering("other", Answer.of(known ? 404 : 401));
    }
    if (path.get(0).equals("jobs")) {
      int unused = settle(job -> job.due.isBefore(clock.instant()));
      Job job = jobs.get(Integer.parseInt(path.get(1)));
      return Operation.answering("job", Answer.plain(200, String.join("\n", job.results)));
    }
    if (path.size() == 2) {
      return Operation.answering("list", Answer.plain(200, "list"));
    }
    List<String> ids = call.body().lines().map(line -> URLDecoder.decode(line, UTF_8)).toList();
    return new Operation(path.get(2), ids, () -> take(path.get(1), path.get(2).equals("add"), ids));
  }

  private synchronized Answer take(String list, boolean add, List<String> ids) {
    jobs.add(
        new Job(
            clock.instant().plusSeconds(1),
            list,
            add,
            ids,
            new CopyOnWriteArrayList<>(List.of("pending"))));
    return Answer.plain(202, "job " + (jobs.size() - 1));
  }

  @Override
  public int settleAccepted() {
    return settle(job -> true);
  }

  private synchronized int settle(Predicate<Job> which) {
    List<Job> open =
        jobs.stream().filter(which).filter(job -> job.results.contains("pending")).toList();
    for (Job job : open) {
      List<String> results = job.ids.stream().map(id -> apply(job, id)).toList();
      job.results.addAll(results);
      job.results.remove(0);
    }
    return open.size();
  }

  private String apply(Job job, String id) {
    if (id.startsWith("nobody")) {
      return "unknown";
    }
    boolean unused = job.add ? state().add(job.list, id) : state().remove(job.list, id);
    return "ok";
  }

  @Override
  public Map<String, Object> connection() {
    return Map.of("url", address().toString(), "apiKey", Secret.of(KEY), "timeLimit", "PT1S");
  }

  @Override
  public Map<String, Object> makeTarget(int number) {
    state().createGroup("list-" + number);
    return Map.of("list", "list-" + number);
  }

  @Override
  public Map<String, Object> missingTarget() {
    return Map.of("list", "no such list");
  }

  @Override
  public Map<String, Object> member(int number) {
    return Map.of("id", "subscriber-" + number);
  }

  @Override
  public Optional<Map<String, Object>> refusedMember(int number) {
    return Optional.of(Map.of("id", "nobody-" + number));
  }

  @Override
  public Set<String> members(Map<String, Object> target) {
    return state().members((String) target.get("list"));
  }
}
