package dev.landfall.kognitiv;

import java.net.URI;
import java.util.List;
import java.util.Locale;

/** The one form of an API base URL that stands for all of its spellings. */
final class ApiRoot {

  private ApiRoot() {}

  /**
   * Lower-case scheme and host, no default port, and neither a trailing slash nor a trailing {@code
   * /api}: people paste both the host and the REST root.
   *
   * @throws IllegalArgumentException with the end of a sentence, if the path is no root
   */
  static URI of(URI pasted) {
    String scheme = pasted.getScheme().toLowerCase(Locale.ROOT);
    String host = pasted.getHost().toLowerCase(Locale.ROOT);
    int port = pasted.getPort();
    boolean defaultPort = port < 0 || port == (scheme.equals("https") ? 443 : 80);
    String path = pasted.getRawPath() == null ? "" : pasted.getRawPath();
    String folded = fold(path);
    while (!folded.equals(path)) {
      path = folded;
      folded = fold(path);
    }
    for (String segment : List.of(path.split("/"))) {
      String plain = segment.toLowerCase(Locale.ROOT);
      if (plain.equals("api") || plain.equals("auth") || plain.matches("(\\.|%2e){1,2}")) {
        throw new IllegalArgumentException(
            "must be the root of the API, such as https://app.kognitivloyalty.com, and not the"
                + " address of one of its calls.");
      }
    }
    return URI.create(scheme + "://" + host + (defaultPort ? "" : ":" + port) + path);
  }

  private static String fold(String path) {
    if (path.endsWith("/")) {
      return path.substring(0, path.length() - 1);
    }
    return path.toLowerCase(Locale.ROOT).endsWith("/api")
        ? path.substring(0, path.length() - "/api".length())
        : path;
  }
}
