package dev.landfall.testkit.stage;

import dev.landfall.connector.settings.Secret;
import dev.landfall.testkit.sandbox.Authority;
import dev.landfall.testkit.sandbox.Testbed;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

/** Looks for secrets, tokens and members' values in whatever a connector says. */
final class Privacy {

  private final Watch watch;
  private final Testbed testbed;
  private final Canaries secrets = new Canaries();
  private final Canaries values = new Canaries();

  Privacy(Watch watch, Testbed testbed) {
    this.watch = watch;
    this.testbed = testbed;
    for (Object value : testbed.connection().values()) {
      if (value instanceof Secret secret) {
        secrets.add(secret.reveal());
      }
    }
  }

  void hides(Member member) {
    member.values().values().forEach(value -> values.add(String.valueOf(value)));
  }

  /** Looks at a text that a person or a log will see. */
  void look(String where, String text) {
    look(where, text, "D-10.1", "D-10.2");
  }

  /** Looks at a line of a log. */
  void lookAtLog(String logger, String line) {
    look("the log of " + logger, line, "D-10.3", "D-10.3");
  }

  /** Looks at an exception, its causes and what it suppressed. */
  void look(String where, Throwable thrown) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Throwable> open = new ArrayDeque<>();
    open.add(thrown);
    while (!open.isEmpty()) {
      Throwable next = open.remove();
      if (seen.add(next)) {
        look(where + " (" + next.getClass().getName() + ")", String.valueOf(next.getMessage()));
        look(where + " (" + next.getClass().getName() + ")", next.toString());
        Collections.addAll(open, next.getSuppressed());
        if (next.getCause() != null) {
          open.add(next.getCause());
        }
      }
    }
  }

  private void look(String where, String text, String secretRule, String valueRule) {
    testbed.authority().map(Authority::handedOut).ifPresent(all -> all.forEach(secrets::add));
    if (secrets.in(text)) {
      watch.found(secretRule, "no secret and no token in " + where, "one is in it");
    }
    if (values.in(text)) {
      watch.found(valueRule, "no value of a member in " + where, "one is in it");
    }
  }
}
