package dev.landfall.testkit.source;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Cursor;
import dev.landfall.connector.Source;
import dev.landfall.connector.SourceDescriptor;
import dev.landfall.connector.SourceReader;
import dev.landfall.connector.SourceRequest;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.settings.Secret;
import dev.landfall.connector.settings.Setting;
import dev.landfall.connector.settings.SettingsSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A source that keeps every rule. */
public class GoldenSource implements Source {

  static final Setting<Long> PORT =
      Setting.integer("port", "Port").description("Where the shop listens.").required();
  static final Setting<String> SHOP =
      Setting.text("shop", "Shop").description("Which shop.").required();
  static final Setting<Secret> KEY =
      Setting.secret("key", "Key").description("What the shop asks for.").required();
  static final Setting<Optional<String>> REGION =
      Setting.text("region", "Region").description("Where the shop is.").optional();

  static final SettingsSpec SETTINGS = SettingsSpec.of(PORT, SHOP, KEY, REGION);

  private static final Pattern CURSOR = Pattern.compile("line (\\d{1,9})");

  /** Made by the service loader. */
  public GoldenSource() {}

  @Override
  public SourceDescriptor descriptor() {
    return new SourceDescriptor(
        "golden-shop",
        "Golden shop",
        "1.2.3",
        SETTINGS,
        Arrays.stream(ShopStream.values()).map(ShopStream::described).toList());
  }

  @Override
  public CheckReport check(SourceRequest request) {
    String name = "stream " + request.stream();
    try (ShopWire wire = new ShopWire(request.settings())) {
      wire.lines(stream(request).word(), 0, 0);
      position(request.resumeFrom());
      return new CheckReport(List.of(CheckReport.Item.passed(name, "It can be read.")));
    } catch (ConnectorException e) {
      return new CheckReport(List.of(CheckReport.Item.failed(name, e.problem())));
    }
  }

  @Override
  public SourceReader open(SourceRequest request) {
    ShopWire wire = new ShopWire(request.settings());
    return reader(request, wire, stream(request), position(request.resumeFrom()));
  }

  SourceReader reader(SourceRequest request, ShopWire wire, ShopStream stream, long from) {
    return new GoldenReader(wire, stream, from);
  }

  ShopStream stream(SourceRequest request) {
    return ShopStream.find(request.stream())
        .orElseThrow(
            () ->
                ShopWire.failed(
                    ProblemKind.CONFIGURATION,
                    "golden.stream",
                    "A shop has no stream of this name.",
                    "Name one of the descriptor's."));
  }

  /** How many lines come before a cursor. */
  long position(@Nullable Cursor cursor) {
    if (cursor == null) {
      return 0;
    }
    Matcher matcher = CURSOR.matcher(cursor.value());
    if (!matcher.matches()) {
      throw ShopWire.failed(
          ProblemKind.CONFIGURATION,
          "golden.cursor",
          "The cursor is none of this connector's.",
          "Begin again without one.");
    }
    return Long.parseLong(matcher.group(1));
  }
}
