package dev.landfall.cli;

import dev.landfall.connector.settings.Secret;
import dev.landfall.testkit.sandbox.Sandbox;
import dev.landfall.testkit.sandbox.Testbed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code landfall sandbox}. */
@Command(
    name = "sandbox",
    description = "Runs a connector's system on this machine, until Ctrl-C if it listens.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  landfall sandbox kognitiv",
      "  landfall sandbox kognitiv --port 8080 --target groupExternalReference=VIP"
    })
final class SandboxCommand implements Callable<Integer> {

  private static final int COLUMN = 26;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "CONNECTOR", description = "The connector's id, kognitiv for instance.")
  private String connector = "";

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The port on loopback (default: any that is free).")
  private int port;

  @Option(
      names = "--target",
      paramLabel = "NAME=VALUE",
      description = "A target setting of a sync; what it names is made, a group for instance.")
  private Map<String, String> target = new LinkedHashMap<>();

  @Override
  public Integer call() throws InterruptedException {
    common.log();
    try (Sandboxes sandboxes = common.sandboxes();
        Sandbox sandbox = sandboxes.start(connector, target, port)) {
      // A signal ends the process without coming back here.
      Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close, "sandbox-close"));
      print(sandboxes, sandbox);
      if (!inProcess(sandbox)) {
        new CountDownLatch(1).await();
      }
      return ExitCode.DONE;
    }
  }

  private void print(Sandboxes sandboxes, Sandbox sandbox) {
    Output output = common.output();
    String folder = sandboxes.folder(connector).toString();
    if (common.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("connector", connector);
      document.put("address", sandbox.address().toString());
      document.put("connection", connection(sandbox));
      document.put("folder", folder);
      output.json(document);
      return;
    }
    output.line(
        "The sandbox of "
            + connector
            + (inProcess(sandbox)
                ? " is made; it runs in whatever process uses it."
                : " listens; Ctrl-C ends it."));
    output.line("For a manifest's destination.connection:");
    connection(sandbox).forEach((name, value) -> output.entry(COLUMN, "  " + name, value));
    if (inProcess(sandbox)) {
      output.entry(COLUMN, "It keeps its data in", folder);
      return;
    }
    output.line("What it holds and was asked (GET), and faults for it (POST, GET, DELETE):");
    output.verbatim(2, sandbox.address() + "/__sandbox/state");
    output.verbatim(2, sandbox.address() + "/__sandbox/faults");
    output.entry(COLUMN, "It keeps its groups in", folder);
  }

  private static boolean inProcess(Sandbox sandbox) {
    return sandbox instanceof Testbed testbed && testbed.inProcess();
  }

  /**
   * With its secrets: they open a system on this machine that holds nothing but made-up members.
   */
  private static Map<String, String> connection(Sandbox sandbox) {
    Map<String, String> connection = new LinkedHashMap<>();
    sandbox
        .connection()
        .forEach(
            (name, value) ->
                connection.put(
                    name, value instanceof Secret secret ? secret.reveal() : value.toString()));
    return connection;
  }
}
