package dev.landfall.testkit.stage;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What is tried: a {@linkplain Subject destination} or a {@linkplain SourceSubject source}. */
public sealed interface Candidate permits Subject, SourceSubject {

  /**
   * The folder of the plugin's jars.
   *
   * @return the folder, or null if there is none
   */
  @Nullable Path plugin();

  /**
   * Hears what is logged.
   *
   * @return the ear, or null if that cannot be heard
   */
  @Nullable Logs logs();
}
