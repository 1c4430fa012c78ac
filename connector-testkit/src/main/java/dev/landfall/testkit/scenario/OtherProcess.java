package dev.landfall.testkit.scenario;

import dev.landfall.connector.ConfirmsLater;
import dev.landfall.connector.Context;
import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.SessionSpec;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Confirmation;
import dev.landfall.connector.outcome.Receipt;
import dev.landfall.connector.settings.Secret;
import dev.landfall.connector.settings.SettingsSpec;
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.Row;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.connector.sync.SyncMode;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/**
 * What a scenario runs in another process: opens a session from its spec, delivers rows or asks
 * about a receipt, and writes down what became of it.
 */
final class OtherProcess {

  private OtherProcess() {}

  /**
   * Delivers, or asks.
   *
   * @param arguments the file of spec, rows and perhaps a receipt; the folder that paths are
   *     relative to; the folder of the plugin's jars, or nothing if the connector is on the class
   *     path; the file to write
   */
  public static void main(String[] arguments) throws IOException, ClassNotFoundException {
    SessionSpec spec;
    List<?> values;
    Receipt receipt;
    try (InputStream file = Files.newInputStream(Path.of(arguments[0]));
        ObjectInputStream in = new ObjectInputStream(file)) {
      spec = (SessionSpec) in.readObject();
      values = (List<?>) in.readObject();
      receipt = (Receipt) in.readObject();
    }
    Destination destination = find(spec.connector(), arguments[2]);
    DestinationDescriptor descriptor = destination.descriptor();
    RowSchema schema = spec.schema(descriptor);
    List<Row> rows = values.stream().map(row -> Row.of(schema, ((List<?>) row).toArray())).toList();
    SyncMode mode = SyncMode.parse(spec.mode(), descriptor.modes()).orElseThrow();
    ChangeKind kind =
        mode.changeKinds().stream().filter(k -> !k.keyOnly()).findFirst().orElseThrow();
    Path base = Path.of(arguments[1]);
    try (DestinationSession session =
        destination.open(
            new SessionRequest(
                descriptor.connection().connection(resolved(spec.connection()), base).orThrow(),
                descriptor.target().target(resolved(spec.target()), base).orThrow(),
                mode,
                schema,
                Context.builder().build()))) {
      Batch batch = new Batch(kind, schema, rows);
      Files.writeString(
          Path.of(arguments[3]),
          receipt == null
              ? words(session.deliver(batch))
              : confirmed(((ConfirmsLater) session).confirm(receipt, batch)));
    }
  }

  private static String confirmed(Confirmation confirmation) {
    return confirmation instanceof Confirmation.Settled settled
        ? words(settled.result())
        : "Pending";
  }

  private static String words(BatchResult result) {
    return result.outcomes().stream()
        .map(outcome -> outcome.getClass().getSimpleName())
        .collect(Collectors.joining(","));
  }

  private static Destination find(String id, String plugin) throws IOException {
    List<Destination> all =
        plugin.isEmpty()
            ? ServiceLoader.load(Destination.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList()
            : PluginLoader.of(Path.of(plugin)).destinations();
    return all.stream().filter(d -> d.descriptor().id().equals(id)).findFirst().orElseThrow();
  }

  private static Map<String, Object> resolved(Map<String, Serializable> settings)
      throws IOException {
    Map<String, Object> resolved = new LinkedHashMap<>();
    for (Map.Entry<String, Serializable> setting : settings.entrySet()) {
      Object value = setting.getValue();
      if (SettingsSpec.isReference(value) && value instanceof Map<?, ?> reference) {
        value = Secret.of(Files.readString(Path.of(String.valueOf(reference.get("file")))));
      }
      resolved.put(setting.getKey(), value);
    }
    return resolved;
  }
}
