package dev.landfall.cli;

import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.settings.Setting;
import dev.landfall.connector.settings.SettingsSpec;
import dev.landfall.connector.settings.Violation;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.SyncMode;
import dev.landfall.host.Host;
import dev.landfall.host.HostException;
import dev.landfall.host.manifest.Catalogue;
import dev.landfall.host.plugin.BrokenPlugin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code landfall connectors}. */
@Command(
    name = "connectors",
    description = "Lists the connectors, or describes one.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  landfall connectors",
      "  landfall connectors kognitiv               its settings and fields",
      "  landfall connectors kognitiv --json        its entry in the catalogue"
    })
final class ConnectorsCommand implements Callable<Integer> {

  private static final int LIST_COLUMN = 14;
  private static final int COLUMN = 26;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "ID",
      description = "The connector to describe; with --json, as its catalogue manifest.")
  private @Nullable String id;

  @Override
  public Integer call() {
    try (Host host = common.host()) {
      if (id == null) {
        list(host);
      } else {
        describe(find(host, id));
      }
      return ExitCode.DONE;
    }
  }

  private static DestinationDescriptor find(Host host, String id) {
    var found = host.plugins().describe(id);
    for (Violation violation : found.violations()) {
      throw HostException.configuration(
          violation.code(), violation.message(), "Name an installed connector, or install it.");
    }
    return found.orThrow();
  }

  private void list(Host host) {
    List<DestinationDescriptor> all = host.plugins().destinations();
    if (common.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("connectors", all.stream().map(d -> summary(d, certified(host, d))).toList());
      document.put("broken", host.plugins().broken().stream().map(Broken::of).toList());
      common.output().json(document);
      return;
    }
    if (all.isEmpty()) {
      common.output().line("No connector is installed.");
    }
    for (DestinationDescriptor one : all) {
      common
          .output()
          .entry(
              LIST_COLUMN,
              one.id(),
              one.name()
                  + " "
                  + one.version()
                  + "; modes: "
                  + modes(one, ", ")
                  + "; "
                  + certified(host, one).words());
    }
  }

  private static Certified certified(Host host, DestinationDescriptor descriptor) {
    String id = descriptor.id();
    return Certified.in(host.plugins().folder(id).orElseThrow(), id);
  }

  private static Map<String, Object> summary(
      DestinationDescriptor descriptor, Certified certified) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("connector", descriptor.id());
    summary.put("name", descriptor.name());
    summary.put("version", descriptor.version());
    summary.put("modes", descriptor.modes().stream().map(SyncMode::word).toList());
    summary.put("certified", certified);
    return summary;
  }

  private static String modes(DestinationDescriptor descriptor, String separator) {
    return descriptor.modes().stream().map(SyncMode::word).collect(Collectors.joining(separator));
  }

  private void describe(DestinationDescriptor descriptor) {
    Output output = common.output();
    if (common.json()) {
      output.raw(Catalogue.entry(descriptor));
      return;
    }
    output.line(descriptor.name() + " " + descriptor.version());
    output.entry(COLUMN, "  connector", descriptor.id());
    output.entry(COLUMN, "  modes", modes(descriptor, ", "));
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

  /** A plugin that could not be loaded, as JSON says it. */
  record Broken(String folder, String reason, String remedy) {
    static Broken of(BrokenPlugin broken) {
      return new Broken(broken.folder().toString(), broken.reason(), broken.remedy());
    }
  }
}
