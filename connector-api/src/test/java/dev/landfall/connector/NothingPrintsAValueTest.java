package dev.landfall.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Confirmation;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.outcome.Receipt;
import dev.landfall.connector.outcome.RetryAfter;
import dev.landfall.connector.settings.ConnectionSettings;
import dev.landfall.connector.settings.Nearest;
import dev.landfall.connector.settings.Parsed;
import dev.landfall.connector.settings.Secret;
import dev.landfall.connector.settings.Setting;
import dev.landfall.connector.settings.Settings;
import dev.landfall.connector.settings.SettingsSpec;
import dev.landfall.connector.settings.TargetSettings;
import dev.landfall.connector.settings.Violation;
import dev.landfall.connector.sync.AudienceSyncMode;
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldMapping;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.Row;
import dev.landfall.connector.sync.RowSchema;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What ends up in a log is what {@code toString} gives: no type that can hold a secret or a
 * person's data may print it.
 */
class NothingPrintsAValueTest {

  private static final String CANARY = "canary-4711";

  private static final Setting<Secret> SECRET = Setting.secret("secret", "Secret").required();
  private static final Setting<String> TEXT = Setting.text("text", "Text").required();
  private static final SettingsSpec SPEC = SettingsSpec.of(SECRET, TEXT);
  private static final Map<String, Object> VALUES =
      Map.of("secret", Secret.of(CANARY), "text", CANARY);
  private static final RowSchema SCHEMA =
      new RowSchema(List.of(FieldSpec.of("id", FieldType.TEXT)), List.of("id"));
  private static final Row ROW = Row.of(SCHEMA, CANARY);
  private static final Problem PROBLEM = new Problem(ProblemKind.RECORD, "a.b", "m", "r");
  private static final Context CONTEXT = Context.builder().build();

  /** One of each type that can hold a value, with the canary wherever a value can be. */
  private static List<Object> holders() {
    Path base = Path.of("/");
    ConnectionSettings connection = SPEC.connection(VALUES, base).orThrow();
    TargetSettings target = SPEC.target(VALUES, base).orThrow();
    Malformed malformed = new Malformed("file", 1, CANARY, PROBLEM);
    return List.of(
        Secret.of(CANARY),
        ROW,
        new Batch(ChangeKind.ADD, SCHEMA, List.of(ROW)),
        malformed,
        new SourceBatch(List.of(ROW), List.of(malformed), new Cursor("1")),
        connection,
        target,
        Parsed.of(Secret.of(CANARY)),
        new CheckRequest(connection, target, CONTEXT),
        new SessionRequest(connection, target, AudienceSyncMode.ADD, SCHEMA, CONTEXT),
        new SourceRequest("stream", SPEC.settings(VALUES, base).orThrow(), null, CONTEXT));
  }

  /** By contract without secrets and people's data, so that they may be printed. */
  private static final Set<Class<?>> PRINTABLE =
      Set.of(
          CheckReport.class,
          CheckReport.Item.class,
          ConnectorException.class,
          Context.class,
          Context.Builder.class,
          Cursor.class,
          DestinationDescriptor.class,
          DestinationDescriptor.Builder.class,
          SessionSpec.class,
          SourceDescriptor.class,
          SourceDescriptor.Stream.class,
          BatchResult.class,
          Confirmation.Settled.class,
          Confirmation.Pending.class,
          Outcome.Delivered.class,
          Outcome.Accepted.class,
          Outcome.Rejected.class,
          Outcome.Retryable.class,
          Outcome.Unknown.class,
          Outcome.NotAttempted.class,
          Problem.class,
          Receipt.class,
          Setting.class,
          Setting.Draft.class,
          SettingsSpec.class,
          Violation.class,
          FieldMapping.Column.class,
          FieldMapping.Constant.class,
          FieldSpec.class,
          RowSchema.class);

  @Test
  void noTypeThatCanHoldAValuePrintsIt() {
    assertThat(holders())
        .allSatisfy(holder -> assertThat(holder.toString()).doesNotContain("4711"));
  }

  @Test
  void everyPublicTypeIsEitherTriedOrPrintableByContract() throws Exception {
    Set<String> known = new TreeSet<>();
    holders().forEach(holder -> known.add(holder.getClass().getName()));
    PRINTABLE.forEach(type -> known.add(type.getName()));
    known.add(Settings.class.getName());
    known.add(Nearest.class.getName());
    known.add(RetryAfter.class.getName());
    assertThat(publicTypes())
        .isSubsetOf(known)
        .hasSizeGreaterThan(30)
        .contains(Row.class.getName());
  }

  private static Set<String> publicTypes() throws IOException, URISyntaxException {
    Path classes =
        Path.of(Setting.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .map(file -> classes.relativize(file).toString())
          .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
          .map(name -> name.substring(0, name.length() - 6).replace('/', '.'))
          .map(NothingPrintsAValueTest::load)
          .filter(type -> isPublic(type) && !type.isInterface() && !type.isEnum())
          .map(Class::getName)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static boolean isPublic(Class<?> type) {
    Class<?> outer = type.getDeclaringClass();
    return !type.isAnonymousClass()
        && !type.isLocalClass()
        && Modifier.isPublic(type.getModifiers())
        && (outer == null || isPublic(outer));
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, NothingPrintsAValueTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
