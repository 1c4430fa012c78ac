package dev.landfall.testkit.sandbox;

import dev.landfall.connector.sync.ChangeKind;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * A sandbox of a system that runs inside of whoever uses it, an embedded database for instance, to
 * be completed by what it holds. Between such a system and a connector nothing can fail, so that
 * what is about faults is skipped; and the kit sees to it that the connector indeed opens no
 * connection.
 */
public abstract class InProcessSandbox implements Testbed {

  private final URI address;
  private final SandboxState state;
  private final Faults faults = new Faults();

  /**
   * Takes the folder.
   *
   * @param request where; the port is of no meaning
   * @throws IllegalStateException if another sandbox uses the folder
   * @throws java.io.UncheckedIOException if the folder cannot be read or written
   */
  protected InProcessSandbox(SandboxRequest request) {
    state = SandboxState.open(request.folder());
    String folder = request.folder().toUri().toString();
    address = URI.create(folder.endsWith("/") ? folder.substring(0, folder.length() - 1) : folder);
  }

  /** The folder that its data lie in: nothing listens. */
  @Override
  public final URI address() {
    return address;
  }

  /** Without groups, and without calls: nobody can count them. */
  @Override
  public final SandboxState state() {
    return state;
  }

  /** None of them ever strikes. */
  @Override
  public final Faults faults() {
    return faults;
  }

  @Override
  public final boolean injectsFaults() {
    return false;
  }

  @Override
  public final boolean inProcess() {
    return true;
  }

  /** There is nowhere that nobody listens, because nobody listens anywhere. */
  @Override
  public final Optional<Map<String, Object>> unreachableConnection() {
    return Optional.empty();
  }

  /** The word of the change; nobody counts by it. */
  @Override
  public final String callsFor(ChangeKind kind) {
    return kind.word();
  }

  @Override
  public void close() {
    faults.close();
    state.close();
  }
}
