package dev.landfall.host.duckdb;

import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * DuckDB could not do something. Whoever knows what the database is for turns this into a problem
 * with a remedy; DuckDB's own words may quote data, so they are not for messages or logs as they
 * stand.
 */
public final class DatabaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final Pattern OF_THE_TEXT =
      Pattern.compile("^(Parser|Syntax|Binder|Catalog|Permission) Error: .*");
  private static final Pattern KIND = Pattern.compile("^([A-Za-z ]{1,40}Error):");

  DatabaseException(SQLException cause) {
    super(cause.getMessage(), cause);
  }

  /** Whether another process holds the file. */
  public boolean isLocked() {
    return getMessage().contains("Could not set lock on file");
  }

  /** Whether the disk is full or refuses to be written. */
  public boolean isDisk() {
    String message = getMessage();
    return message.contains("No space left on device")
        || message.contains("Could not write")
        || message.contains("Permission denied")
        || message.contains("Read-only file system");
  }

  /** Whether the memory limit does not suffice. */
  public boolean isMemory() {
    return kind().equals("Out of Memory Error");
  }

  /** Whether the data that was read is not what it should be, or a value does not convert. */
  public boolean isData() {
    return switch (kind()) {
      case "Invalid Input Error", "Conversion Error", "Out of Range Error" -> true;
      default -> false;
    };
  }

  /** DuckDB's words for the kind of error, such as {@code Conversion Error}; never data. */
  public String kind() {
    Matcher matcher = KIND.matcher(getMessage());
    return matcher.find() ? matcher.group(1) : "error";
  }

  /**
   * DuckDB's first sentences, where they speak of a statement's own words and not of values; empty
   * otherwise.
   */
  public static Optional<String> ofTheText(String message) {
    if (!OF_THE_TEXT.matcher(message).lookingAt()) {
      return Optional.empty();
    }
    int quotation = message.indexOf("\n\nLINE ");
    return Optional.of(
        (quotation < 0 ? message : message.substring(0, quotation))
            .replaceAll("\\s+", " ")
            .replaceAll("[.\\s]+$", ""));
  }

  /** DuckDB's own words; may quote data. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
