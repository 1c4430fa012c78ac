package dev.landfall.host.manifest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Manifests for tests, written with single quotes. */
final class Manifests {

  static final String AUDIENCE =
      """
      {
        '$schema': 'schema/sync.schema.json',
        'name': 'vip-members',
        'source': {'type': 'file', 'path': 'samples/vip.csv'},
        'destination': {
          'connector': 'sample',
          'connection': {'apiBaseUrl': 'https://api.sample.example',
                         'clientId': {'env': 'CLIENT_ID'}, 'clientSecret': {'env': 'CLIENT_SECRET'}},
          'target': {'group': 'VIP-2026'}
        },
        'mode': 'mirror',
        'mapping': [{'column': 'id', 'field': 'member_id'}]
      }
      """;

  static final String RECORDS =
      """
      {
        'name': 'events',
        'source': {'type': 'file', 'path': 'events.parquet', 'query': 'select * from file'},
        'destination': {
          'connector': 'table',
          'connection': {'url': 'jdbc:duckdb:'},
          'target': {'table': 'events'}
        },
        'mode': 'upsert',
        'key': ['event_key']
      }
      """;

  private Manifests() {}

  static Path write(Path folder, String text) throws IOException {
    return Files.writeString(folder.resolve("sync.json"), text.replace('\'', '"'));
  }

  /** The audience manifest with one more top-level member. */
  static String with(String member) {
    return AUDIENCE.replace("'mode': 'mirror',", "'mode': 'mirror', " + member + ",");
  }
}
