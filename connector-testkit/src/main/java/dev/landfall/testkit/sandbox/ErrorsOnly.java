package dev.landfall.testkit.sandbox;

import com.github.tomakehurst.wiremock.common.Notifier;
import org.jspecify.annotations.Nullable;

/** Lets nothing of a call be printed but what went wrong in the sandbox itself. */
final class ErrorsOnly implements Notifier {

  private static final System.Logger LOG = System.getLogger("dev.landfall.testkit.sandbox");

  @Override
  public void info(String message) {}

  @Override
  public void error(String message) {
    LOG.log(System.Logger.Level.WARNING, message);
  }

  @Override
  public void error(String message, @Nullable Throwable cause) {
    LOG.log(System.Logger.Level.WARNING, message, cause);
  }
}
