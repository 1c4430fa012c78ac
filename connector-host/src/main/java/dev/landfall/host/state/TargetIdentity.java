package dev.landfall.host.state;

import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.settings.Choice;
import dev.landfall.connector.settings.ConnectionSettings;
import dev.landfall.connector.settings.Setting;
import dev.landfall.connector.settings.TargetSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which target a ledger belongs to. Two identities are equal exactly if a ledger of the one is a
 * ledger of the other. Connection values other than addresses are kept as digests: they name an
 * account.
 *
 * @param connector the connector's id
 * @param connection the parts of the connection that select the system and the tenant, by name
 * @param target the parts of the target settings that select the target, by name
 * @param key the fields by which a ledger knows the target's records; empty for an audience
 */
public record TargetIdentity(
    String connector,
    Map<String, String> connection,
    Map<String, String> target,
    List<String> key) {

  /** Sorts both maps, so that equal parts give equal digests. */
  public TargetIdentity {
    connection = new TreeMap<>(connection);
    target = new TreeMap<>(target);
    // What was written before there were records names none.
    key = key == null ? List.of() : List.copyOf(key);
  }

  /**
   * The identity that a connector's settings give.
   *
   * @param key the key that the manifest names; empty for the connector's own
   */
  public static TargetIdentity of(
      DestinationDescriptor descriptor,
      ConnectionSettings connection,
      TargetSettings target,
      List<String> key) {
    Map<String, String> connectionParts = new TreeMap<>();
    Map<String, String> targetParts = new TreeMap<>();
    for (Setting<?> setting : descriptor.identity()) {
      if (descriptor.connection().settings().contains(setting)) {
        Object value = connection.get(setting);
        connectionParts.put(
            setting.name(), value instanceof URI uri ? address(uri) : digest(text(value)));
      } else {
        targetParts.put(setting.name(), text(target.get(setting)));
      }
    }
    return new TargetIdentity(descriptor.id(), connectionParts, targetParts, own(descriptor, key));
  }

  /** The identity of the same target in a sandbox, whatever port that has. */
  public static TargetIdentity inSandbox(
      DestinationDescriptor descriptor, TargetSettings target, List<String> key) {
    Map<String, String> targetParts = new TreeMap<>();
    for (Setting<?> setting : descriptor.identity()) {
      if (descriptor.target().settings().contains(setting)) {
        targetParts.put(setting.name(), text(target.get(setting)));
      }
    }
    return new TargetIdentity(
        descriptor.id(), Map.of("sandbox", descriptor.id()), targetParts, own(descriptor, key));
  }

  /** A key that the connector fixes tells nothing of a target. */
  private static List<String> own(DestinationDescriptor descriptor, List<String> key) {
    return descriptor.keyField().isPresent() ? List.of() : key;
  }

  /** Whether two ledgers would be of the same records or members, whatever they know them by. */
  public boolean overlaps(TargetIdentity other) {
    return connector.equals(other.connector)
        && connection.equals(other.connection)
        && target.equals(other.target);
  }

  /** The settings, quoted, in which two connections differ; their values could name an account. */
  List<String> movedBy(TargetIdentity other) {
    return Stream.of(connection, other.connection)
        .flatMap(parts -> parts.keySet().stream())
        .distinct()
        .filter(name -> !Objects.equals(connection.get(name), other.connection.get(name)))
        .sorted()
        .map(name -> '"' + name + '"')
        .toList();
  }

  /** A short name of this identity, equal for equal ones only. */
  public String digest() {
    return digest(
        connector + "\n" + connection + "\n" + target + (key.isEmpty() ? "" : "\n" + key));
  }

  /** What a person calls it: the connector and the target's own parts. */
  public String words() {
    return connector + " " + String.join("/", target.values());
  }

  private static String address(URI uri) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    int usual = scheme.equals("https") ? 443 : 80;
    String port = uri.getPort() < 0 || uri.getPort() == usual ? "" : ":" + uri.getPort();
    String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
    return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port + path;
  }

  private static String text(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(TargetIdentity::text).orElse("");
    }
    return value instanceof Choice choice ? choice.id() : value.toString();
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
