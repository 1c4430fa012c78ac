package dev.landfall.cli;

import dev.landfall.kognitiv.sandbox.KognitivSandbox;
import dev.landfall.testkit.sandbox.SandboxRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An audience, a manifest and the system it goes to, which outlives the command's processes. */
final class Scene implements AutoCloseable {

  static final String GROUP = "VIP-2026";

  final Landfall landfall;
  final KognitivSandbox sandbox;
  private final Path folder;
  private String mode = "mirror";
  private String extra = "";
  private String connection = "";

  Scene(Path folder) {
    this.folder = folder;
    sandbox =
        KognitivSandbox.start(
            SandboxRequest.in(folder.resolve("system"))
                .withTarget(Map.of("groupExternalReference", GROUP)));
    landfall =
        new Landfall(folder)
            .with("KOGNITIV_CLIENT_ID", sandbox.tokens().clientId().reveal())
            .with("KOGNITIV_CLIENT_SECRET", sandbox.tokens().clientSecret().reveal());
    manifest();
  }

  /** Ids of members that the sandbox knows. */
  static Collection<String> members(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(String::valueOf).toList();
  }

  Scene audience(Collection<String> members) {
    return file(
        "audience.csv",
        members.stream().map(m -> m + ",Gold\n").collect(Collectors.joining("", "id,tier\n", "")));
  }

  Scene mode(String word) {
    mode = word;
    return manifest();
  }

  /** Further members of the manifest, with a comma before them. */
  Scene also(String json) {
    extra = json;
    return manifest();
  }

  /** Further members of the connection, with a comma before them. */
  Scene connection(String json) {
    connection = json;
    return manifest();
  }

  Set<String> group() {
    return sandbox.members(GROUP);
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  Scene file(String name, String content) {
    try {
      Files.writeString(folder.resolve(name), content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String manifest(String name) {
    return """
        {"name": "%s",
         "source": {"type": "file", "path": "audience.csv"},
         "destination": {
           "connector": "kognitiv",
           "connection": {
             "apiBaseUrl": "%s",
             "clientId": {"env": "KOGNITIV_CLIENT_ID"},
             "clientSecret": {"env": "KOGNITIV_CLIENT_SECRET"}%s},
           "target": {
             "objectType": "promotional-member-group",
             "groupExternalReference": "%s"}},
         "mode": "%s",
         "mapping": [{"column": "id", "field": "member_internal_id"}]%s}
        """
        .formatted(name, sandbox.address(), connection, GROUP, mode, extra);
  }

  private Scene manifest() {
    return file("vip.json", manifest("vip"));
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
