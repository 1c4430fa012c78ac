package dev.landfall.testkit.sandbox;

import dev.landfall.connector.sync.ChangeKind;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * A sandbox that speaks HTTP, to be completed by what each call means. Safe for use by several
 * threads as far as {@link #receive} is.
 */
public abstract class HttpSandbox implements Testbed {

  private final SandboxServer server;

  /**
   * Opens the groups in the folder, and starts listening.
   *
   * @param request where
   * @throws IllegalStateException if the port is taken, or another sandbox uses the folder
   * @throws java.io.UncheckedIOException if the folder cannot be read or written
   */
  protected HttpSandbox(SandboxRequest request) {
    // Nobody knows the address before this object is made, so that no call comes too early.
    server = SandboxServer.start(request, state -> this::receive);
  }

  /**
   * Tells what a call asks for, as {@link Application#receive} does.
   *
   * @param call the call as it came over the wire
   * @return what it asks for
   */
  protected abstract Operation receive(Call call);

  @Override
  public final URI address() {
    return server.address();
  }

  @Override
  public final SandboxState state() {
    return server.state();
  }

  @Override
  public final Faults faults() {
    return server.faults();
  }

  @Override
  public final Optional<Set<String>> callers() {
    return Optional.of(server.callers());
  }

  /** The key itself; a system that names members otherwise overrides this. */
  @Override
  public String nameOf(String key) {
    return key;
  }

  /** The word of the change; a sandbox that counts its calls otherwise overrides this. */
  @Override
  public String callsFor(ChangeKind kind) {
    return kind.word();
  }

  @Override
  public void close() {
    server.close();
  }
}
