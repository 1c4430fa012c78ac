package dev.landfall.testkit.stage;

import dev.landfall.connector.settings.Secret;
import dev.landfall.testkit.sandbox.Authority;
import dev.landfall.testkit.sandbox.Testbed;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Looks for secrets, tokens and records' values in whatever a connector says. */
final class Privacy {

  /** The rules that are broken by what is found, and whose values they speak of. */
  private record Terms(String secret, String value, String log, String whose) {}

  private final Watch watch;
  private final Supplier<List<String>> handedOut;
  private final Terms terms;
  private final Canaries secrets = new Canaries();
  private final Canaries values = new Canaries();

  Privacy(Watch watch, Testbed testbed) {
    this(
        watch,
        testbed.connection(),
        () -> testbed.authority().map(Authority::handedOut).orElse(List.of()),
        new Terms("D-10.1", "D-10.2", "D-10.3", "a member"));
  }

  /** For a source with some settings. */
  Privacy(Watch watch, Map<String, Object> settings) {
    this(watch, settings, List::of, new Terms("S-8.1", "S-8.2", "S-8.3", "a record"));
  }

  private Privacy(
      Watch watch, Map<String, Object> settings, Supplier<List<String>> handedOut, Terms terms) {
    this.watch = watch;
    this.handedOut = handedOut;
    this.terms = terms;
    for (Object value : settings.values()) {
      if (value instanceof Secret secret) {
        secrets.add(secret.reveal());
      }
    }
  }

  void hides(Member member) {
    member.values().values().forEach(value -> values.add(String.valueOf(value)));
  }

  void hides(String value) {
    values.add(value);
  }

  /** Whether a text holds a secret. */
  boolean betrays(String text) {
    return secrets.in(text);
  }

  /** Looks at a text that a person or a log will see. */
  void look(String where, String text) {
    look(where, text, terms.secret, terms.value);
  }

  /** Looks at a line of a log. */
  void lookAtLog(String logger, String line) {
    look("the log of " + logger, line, terms.log, terms.log);
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
    handedOut.get().forEach(secrets::add);
    if (secrets.in(text)) {
      watch.found(secretRule, "no secret and no token in " + where, "one is in it");
    }
    if (values.in(text)) {
      watch.found(valueRule, "no value of " + terms.whose + " in " + where, "one is in it");
    }
  }
}
