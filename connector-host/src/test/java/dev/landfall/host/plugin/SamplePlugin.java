package dev.landfall.host.plugin;

import java.io.IOException;
import java.nio.file.Path;

/** Small connectors in source, for tests that compile them into plugins. */
final class SamplePlugin {

  static final String DESTINATION = "dev.landfall.connector.Destination";

  private SamplePlugin() {}

  /** A destination whose name is an expression, whose check reports the context class loader. */
  static String destination(String className, String id, String nameExpression) {
    int dot = className.lastIndexOf('.');
    return """
        package %s;

        import dev.landfall.connector.*;
        import dev.landfall.connector.outcome.*;
        import dev.landfall.connector.sync.*;
        import java.util.*;

        public class %s implements Destination, DescribesFields {
          private static String seen() {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            return loader == %2$s.class.getClassLoader() ? "own" : "other";
          }

          private static final String CREATED_UNDER = seen();

          @Override
          public DestinationDescriptor descriptor() {
            return DestinationDescriptor.builder("%s", %s, "1.0.0")
                .modes(AudienceSyncMode.ADD)
                .field(FieldSpec.of("id", FieldType.TEXT))
                .keyField("id")
                .build();
          }

          @Override
          public CheckReport check(CheckRequest request) {
            return new CheckReport(List.of(
                CheckReport.Item.passed("created", CREATED_UNDER),
                CheckReport.Item.passed("check", seen())));
          }

          @Override
          public List<FieldSpec> fields(CheckRequest request) {
            return List.of(FieldSpec.of(seen(), FieldType.TEXT));
          }

          @Override
          public DestinationSession open(SessionRequest request) {
            return new Session();
          }

          static class Session implements DestinationSession, ConfirmsLater {
            @Override
            public BatchResult deliver(Batch batch) {
              return BatchResult.of(List.of(new Outcome.Accepted(new Receipt(seen()))));
            }

            @Override
            public Confirmation confirm(Receipt receipt, Batch batch) {
              throw new IllegalStateException(seen());
            }

            @Override
            public void close() {
              System.setProperty("sample.closed.under", seen());
            }
          }
        }
        """
        .formatted(className.substring(0, dot), className.substring(dot + 1), id, nameExpression);
  }

  /** A plugin that works. */
  static Path healthy(Path plugins, String folder, String id) throws IOException {
    String className = "sample." + folder.replace("-", "") + ".Connector";
    return new Compiled()
        .with(className, destination(className, id, "\"" + folder + "\""))
        .service(DESTINATION, className)
        .attribute("Landfall-Api", "1")
        .into(plugins.resolve(folder).resolve(folder + ".jar"));
  }
}
