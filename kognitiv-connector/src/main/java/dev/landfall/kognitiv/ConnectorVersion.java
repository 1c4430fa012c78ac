package dev.landfall.kognitiv;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of the connectors in this jar. */
public final class ConnectorVersion {

  private ConnectorVersion() {}

  /**
   * The version that the jar was built with.
   *
   * @return three numbers with dots, as in semantic versioning
   */
  public static String text() {
    Properties properties = new Properties();
    try (InputStream in = ConnectorVersion.class.getResourceAsStream("connector.properties")) {
      if (in == null) {
        throw new IllegalStateException("connector.properties is missing from the jar");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("connector.properties cannot be read", e);
    }
    return properties.getProperty("version");
  }
}
