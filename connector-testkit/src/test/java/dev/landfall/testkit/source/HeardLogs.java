package dev.landfall.testkit.source;

import dev.landfall.testkit.stage.Logs;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Hears what is said to one of the JDK's loggers, and keeps it off the console. */
final class HeardLogs implements Logs {

  static final Logger SHOP = Logger.getLogger("golden.shop");

  @Override
  public Hearing listen(Listener listener) {
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            listener.logged(line.getLoggerName(), line.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    SHOP.setUseParentHandlers(false);
    SHOP.setLevel(Level.ALL);
    SHOP.addHandler(handler);
    return () -> SHOP.removeHandler(handler);
  }
}
