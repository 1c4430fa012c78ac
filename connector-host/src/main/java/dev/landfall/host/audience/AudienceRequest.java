package dev.landfall.host.audience;

import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.sync.FieldMapping;
import dev.landfall.connector.sync.RecordSyncMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Which audience to read, and where to put it.
 *
 * @param source where to read it from
 * @param mappings what fills which field; empty for each column to the field of its name, where
 *     columns that name no field are left out
 * @param destination whose fields are filled
 * @param key the names of the key fields; empty for the destination's own
 * @param audience the DuckDB file to write; must not be there yet
 * @param memoryMegabytes how much DuckDB may use, outside the Java heap; at least 64
 * @param temporaryFolder where DuckDB spills what exceeds that, and packed files are unpacked
 */
public record AudienceRequest(
    AudienceSource source,
    List<FieldMapping> mappings,
    DestinationDescriptor destination,
    List<String> key,
    Path audience,
    long memoryMegabytes,
    Path temporaryFolder) {

  private static final long SMALLEST_MEMORY = 64;

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if the memory is less than DuckDB can read a file in
   */
  public AudienceRequest {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(destination, "destination");
    Objects.requireNonNull(audience, "audience");
    Objects.requireNonNull(temporaryFolder, "temporaryFolder");
    mappings = List.copyOf(mappings);
    key = List.copyOf(key);
    if (memoryMegabytes < SMALLEST_MEMORY) {
      throw new IllegalArgumentException("At least " + SMALLEST_MEMORY + " MB are needed");
    }
  }

  /** Whether records are read, whose values count, and not the members of an audience. */
  boolean records() {
    return destination.modes().get(0) instanceof RecordSyncMode;
  }
}
