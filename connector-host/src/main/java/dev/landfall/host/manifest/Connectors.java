package dev.landfall.host.manifest;

import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.SourceDescriptor;
import dev.landfall.connector.settings.Parsed;
import dev.landfall.connector.settings.Violation;
import java.util.List;

/** The connectors that a manifest may name. */
@FunctionalInterface
public interface Connectors {

  /**
   * Looks a destination up.
   *
   * @param id the word in the manifest
   * @return its descriptor; or a violation, with a pointer relative to where the id stands, that
   *     says which ids there are
   */
  Parsed<DestinationDescriptor> destination(String id);

  /**
   * Looks a source up; where destinations are all that there is, there is none.
   *
   * @param id the word in the manifest
   * @return its descriptor, or a violation as above
   */
  default Parsed<SourceDescriptor> source(String id) {
    return Parsed.wrong(
        List.of(
            new Violation(
                "", "connector.unknown", "There is no source connector \"" + id + "\".")));
  }
}
