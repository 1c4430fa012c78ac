package dev.landfall.cli;

import dev.landfall.host.Host;
import dev.landfall.host.RunRequest;
import dev.landfall.host.manifest.BoundManifest;
import dev.landfall.testkit.sandbox.Sandbox;
import org.jspecify.annotations.Nullable;

/** A host, what it is asked to do, and the sandbox it is done in, if there is one. */
final class Site implements AutoCloseable {

  private final Host host;
  private final Sandboxes sandboxes;
  private final @Nullable Sandbox sandbox;
  private final RunRequest request;

  private Site(Host host, Sandboxes sandboxes, @Nullable Sandbox sandbox, RunRequest request) {
    this.host = host;
    this.sandboxes = sandboxes;
    this.sandbox = sandbox;
    this.request = request;
  }

  static Site open(CommonOptions common, ManifestOptions manifest) {
    Host host = common.host();
    Sandboxes sandboxes = common.sandboxes();
    RunRequest request = RunRequest.of(manifest.manifest());
    if (!manifest.sandbox()) {
      return new Site(host, sandboxes, null, request);
    }
    try {
      BoundManifest bound = host.validated(manifest.manifest());
      Sandbox sandbox =
          sandboxes.start(bound.descriptor().id(), bound.manifest().destination().target(), 0);
      return new Site(host, sandboxes, sandbox, request.inSandbox(sandbox.connection()));
    } catch (RuntimeException e) {
      sandboxes.close();
      host.close();
      throw e;
    }
  }

  Host host() {
    return host;
  }

  RunRequest request() {
    return request;
  }

  @Override
  public void close() {
    if (sandbox != null) {
      sandbox.close();
    }
    sandboxes.close();
    host.close();
  }
}
