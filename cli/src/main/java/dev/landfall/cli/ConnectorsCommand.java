package dev.landfall.cli;

import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.SourceDescriptor;
import dev.landfall.connector.settings.Setting;
import dev.landfall.connector.settings.SettingsSpec;
import dev.landfall.connector.settings.Violation;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.SyncMode;
import dev.landfall.host.Host;
import dev.landfall.host.HostException;
import dev.landfall.host.RunRequest;
import dev.landfall.host.manifest.Catalogue;
import dev.landfall.host.plugin.BrokenPlugin;
import dev.landfall.host.plugin.Plugins;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code landfall connectors}. */
@Command(
    name = "connectors",
    description = "Lists the connectors, or describes one, or what one says of a target.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  landfall connectors",
      "  landfall connectors kognitiv               its settings and fields",
      "  landfall connectors kognitiv --json        its entry in the catalogue",
      "  landfall connectors --fields-of sync.json  the columns of its table"
    })
final class ConnectorsCommand implements Callable<Integer> {

  private static final int LIST_COLUMN = 20;
  private static final int COLUMN = 26;

  @Mixin private CommonOptions common = new CommonOptions();

  @ArgGroup(exclusive = true)
  private What what = new What();

  /** What is described; all connectors are listed if it is nothing. */
  static final class What {
    @Parameters(
        arity = "0..1",
        paramLabel = "ID",
        description = "The connector to describe; with --json, as its catalogue manifest.")
    private @Nullable String id;

    @Option(
        names = "--fields-of",
        paramLabel = "MANIFEST",
        description =
            "Connects, and lists the fields of this sync's target: the columns of a table, with"
                + " their types.")
    private @Nullable Path manifest;
  }

  @Override
  public Integer call() {
    try (Host host = common.host()) {
      if (what.manifest != null) {
        fields(host.fields(RunRequest.of(what.manifest)));
      } else if (what.id != null) {
        describe(host.plugins(), what.id);
      } else {
        list(host.plugins());
      }
      return ExitCode.DONE;
    }
  }

  private void list(Plugins plugins) {
    if (common.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put(
          "connectors", plugins.destinations().stream().map(d -> summary(plugins, d)).toList());
      document.put("sources", plugins.sources().stream().map(s -> summary(plugins, s)).toList());
      document.put("broken", plugins.broken().stream().map(Broken::of).toList());
      common.output().json(document);
      return;
    }
    if (plugins.destinations().isEmpty() && plugins.sources().isEmpty()) {
      common.output().line("No connector is installed.");
    }
    for (DestinationDescriptor one : plugins.destinations()) {
      listed(
          one.id(),
          one.name() + " " + one.version(),
          "modes: " + modes(one),
          certified(plugins, one));
    }
    for (SourceDescriptor one : plugins.sources()) {
      listed(
          one.id(),
          one.name() + " " + one.version(),
          "streams: " + streams(one),
          certified(plugins, one));
    }
  }

  private void listed(String id, String name, String can, Certified certified) {
    common.output().entry(LIST_COLUMN, id, name + "; " + can + "; " + certified.words());
  }

  private static Certified certified(Plugins plugins, DestinationDescriptor descriptor) {
    return Certified.in(plugins.folder(descriptor.id()).orElseThrow(), descriptor.id());
  }

  private static Certified certified(Plugins plugins, SourceDescriptor descriptor) {
    return Certified.in(plugins.sourceFolder(descriptor.id()).orElseThrow(), descriptor.id());
  }

  private static Map<String, Object> summary(Plugins plugins, DestinationDescriptor descriptor) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("connector", descriptor.id());
    summary.put("name", descriptor.name());
    summary.put("version", descriptor.version());
    summary.put("modes", descriptor.modes().stream().map(SyncMode::word).toList());
    summary.put("certified", certified(plugins, descriptor));
    return summary;
  }

  private static Map<String, Object> summary(Plugins plugins, SourceDescriptor descriptor) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("connector", descriptor.id());
    summary.put("name", descriptor.name());
    summary.put("version", descriptor.version());
    summary.put(
        "streams", descriptor.streams().stream().map(SourceDescriptor.Stream::name).toList());
    summary.put("certified", certified(plugins, descriptor));
    return summary;
  }

  private static String modes(DestinationDescriptor descriptor) {
    return descriptor.modes().stream().map(SyncMode::word).collect(Collectors.joining(", "));
  }

  private static String streams(SourceDescriptor descriptor) {
    return descriptor.streams().stream()
        .map(SourceDescriptor.Stream::name)
        .collect(Collectors.joining(", "));
  }

  /** A destination, or else a source; an id may be both. */
  private void describe(Plugins plugins, String id) {
    List<DestinationDescriptor> destinations =
        plugins.destinations().stream().filter(d -> d.id().equals(id)).toList();
    List<SourceDescriptor> sources =
        plugins.sources().stream().filter(s -> s.id().equals(id)).toList();
    if (destinations.isEmpty() && sources.isEmpty()) {
      Violation unknown = plugins.unknown(id);
      throw HostException.configuration(
          unknown.code(), unknown.message(), "Name an installed connector, or install it.");
    }
    destinations.forEach(this::describe);
    sources.forEach(this::describe);
  }

  private void describe(DestinationDescriptor descriptor) {
    Output output = common.output();
    if (common.json()) {
      output.raw(Catalogue.entry(descriptor));
      return;
    }
    output.line(descriptor.name() + " " + descriptor.version());
    output.entry(COLUMN, "  connector", descriptor.id());
    output.entry(COLUMN, "  modes", modes(descriptor));
    descriptor
        .documentation()
        .ifPresent(uri -> output.entry(COLUMN, "  documentation", uri.toString()));
    section("Connection", descriptor.connection());
    section("Target", descriptor.target());
    output.blank();
    output.line("Fields");
    for (FieldSpec field : descriptor.fields()) {
      entry(field.name(), field.required(), field.description());
    }
    if (descriptor.freeFields()) {
      output.paragraph(2, "Any: the target has those that are its own (--fields-of).");
    }
  }

  private void describe(SourceDescriptor descriptor) {
    Output output = common.output();
    if (common.json()) {
      output.raw(Catalogue.entry(descriptor));
      return;
    }
    output.line(descriptor.name() + " " + descriptor.version());
    output.entry(COLUMN, "  connector", descriptor.id());
    output.entry(COLUMN, "  streams", streams(descriptor));
    section("Settings", descriptor.settings());
    for (SourceDescriptor.Stream stream : descriptor.streams()) {
      output.blank();
      output.line("Stream " + stream.name());
      output.paragraph(2, stream.description());
      columns(stream.schema().fields());
    }
  }

  private void section(String title, SettingsSpec spec) {
    common.output().blank();
    common.output().line(title);
    for (Setting<?> setting : spec.settings()) {
      entry(
          setting.name(),
          setting.isRequired(),
          setting.label()
              + ". "
              + setting.description()
              + (setting.advanced() ? " (advanced)" : ""));
    }
  }

  private void entry(String name, boolean required, String text) {
    common.output().entry(COLUMN, "  " + name + (required ? " *" : ""), text);
  }

  private void fields(List<FieldSpec> fields) {
    if (common.json()) {
      common.output().json(Map.of("fields", fields.stream().map(Field::of).toList()));
    } else {
      columns(fields);
    }
  }

  private void columns(List<FieldSpec> fields) {
    for (FieldSpec field : fields) {
      String type = Field.of(field).type();
      entry(
          field.name(),
          field.required(),
          field.description().isEmpty() ? type : type + ". " + field.description());
    }
  }

  /** A field of a target, as JSON says it. */
  record Field(String name, String type, boolean required, String description) {
    static Field of(FieldSpec field) {
      return new Field(
          field.name(),
          field.type().name().toLowerCase(Locale.ROOT),
          field.required(),
          field.description());
    }
  }

  /** A plugin that could not be loaded, as JSON says it. */
  record Broken(String folder, String reason, String remedy) {
    static Broken of(BrokenPlugin broken) {
      return new Broken(broken.folder().toString(), broken.reason(), broken.remedy());
    }
  }
}
