package ${package};

import dev.landfall.connector.settings.Secret;
import dev.landfall.testkit.sandbox.Answer;
import dev.landfall.testkit.sandbox.Call;
import dev.landfall.testkit.sandbox.HttpSandbox;
import dev.landfall.testkit.sandbox.Operation;
import dev.landfall.testkit.sandbox.Sandbox;
import dev.landfall.testkit.sandbox.SandboxProvider;
import dev.landfall.testkit.sandbox.SandboxRequest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** ${name} on this machine, as far as its documentation says how it answers. */
public final class ${name}Sandbox extends HttpSandbox {
  private static final String KEY = "k-3b0f9c52d17e4a86";

  ${name}Sandbox(SandboxRequest request) {
    super(request);
    request.target().values().forEach(group -> state().createGroup((String) group));
  }

  /** For ServiceLoader. */
  public static final class Provider implements SandboxProvider {
    @Override
    public String connector() {
      return "${artifactId}";
    }

    @Override
    public Sandbox start(SandboxRequest request) {
      return new ${name}Sandbox(request);
    }
  }

  /**
   * Says what a call asks for, and what it would do. Changes are made with state().add and
   * state().remove in an operation of kind "add" or "remove" that carries the ids.
   */
  @Override
  protected Operation receive(Call call) {
    return Operation.answering("other", Answer.of(501));
  }

  @Override
  public Map<String, Object> connection() {
    return Map.of("url", address().toString(), "apiKey", Secret.of(KEY), "timeLimit", "PT1S");
  }

  @Override
  public Map<String, Object> makeTarget(int number) {
    state().createGroup("group-" + number);
    return Map.of("group", "group-" + number);
  }

  @Override
  public Map<String, Object> missingTarget() {
    return Map.of("group", "no such group");
  }

  @Override
  public Map<String, Object> member(int number) {
    return Map.of("id", "member-" + number);
  }

  /** Somebody whom the system does not know, say; or empty, if it takes on everybody. */
  @Override
  public Optional<Map<String, Object>> refusedMember(int number) {
    return Optional.of(Map.of("id", "nobody-" + number));
  }

  @Override
  public Set<String> members(Map<String, Object> target) {
    return state().members((String) target.get("group"));
  }
}
