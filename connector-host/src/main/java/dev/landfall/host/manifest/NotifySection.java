package dev.landfall.host.manifest;

import dev.landfall.connector.settings.Nearest;
import dev.landfall.connector.settings.SettingsSpec;
import dev.landfall.connector.settings.Violation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whom to tell of which end of a run.
 *
 * @param on words of {@link #ENDS}
 * @param webhook the raw reference to a webhook's address; empty if there is a command
 * @param command a program and its arguments; empty if there is a webhook
 */
public record NotifySection(Set<String> on, Map<String, Object> webhook, List<String> command) {

  /** The ends of a run, in the order to show them. */
  static final List<String> ENDS =
      List.of("completed", "completed-with-failures", "withheld", "failed", "cancelled");

  private static final Set<String> USUAL = Set.of("withheld", "failed");
  private static final String AT = "/notify/";

  /** Copies the collections. */
  public NotifySection {
    on = Set.copyOf(on);
    webhook = Plain.copy(webhook);
    command = List.copyOf(command);
  }

  static SettingsSpec spec() {
    return SettingsSpec.of(Sections.WEBHOOK);
  }

  /** Reads the entries that are right, and tells what is wrong with the others. */
  static List<NotifySection> read(List<?> raw, Path folder, List<Violation> violations) {
    List<NotifySection> sections = new ArrayList<>();
    for (int i = 0; i < raw.size(); i++) {
      int before = violations.size();
      if (raw.get(i) instanceof Map<?, ?> entry) {
        NotifySection section = read(Plain.object(entry), AT + i, folder, violations);
        if (violations.size() == before) {
          sections.add(section);
        }
      } else {
        violations.add(
            new Violation(
                AT + i, "manifest.type", "A notification is an object: { \"webhook\": … }."));
      }
    }
    return sections;
  }

  private static NotifySection read(
      Map<String, Object> entry, String at, Path folder, List<Violation> violations) {
    Map<String, Object> webhook = new LinkedHashMap<>(entry);
    Object on = webhook.remove("on");
    Object command = webhook.remove("command");
    violations.addAll(Plain.under(at, References.violations(spec(), webhook, folder)));
    if (webhook.containsKey("webhook") == (command != null)) {
      violations.add(
          new Violation(
              at,
              "manifest.notification",
              "A notification has either a \"webhook\" or a \"command\"."));
    }
    return new NotifySection(
        on(on, at, violations),
        webhook,
        command == null ? List.of() : command(command, at, violations));
  }

  private static Set<String> on(@Nullable Object raw, String at, List<Violation> violations) {
    if (raw == null) {
      return USUAL;
    }
    if (!(raw instanceof List<?> words) || words.isEmpty()) {
      wrongEnd(violations, at + "/on", "");
      return USUAL;
    }
    Set<String> on = new TreeSet<>();
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i) instanceof String word && ENDS.contains(word)) {
        on.add(word);
      } else {
        String question = words.get(i) instanceof String word ? Nearest.question(word, ENDS) : "";
        wrongEnd(violations, at + "/on/" + i, question);
      }
    }
    return on;
  }

  private static void wrongEnd(List<Violation> violations, String pointer, String question) {
    violations.add(
        new Violation(
            pointer,
            "manifest.notification-on",
            "\"on\" is a list of some of \"" + String.join("\", \"", ENDS) + "\"." + question));
  }

  private static List<String> command(Object raw, String at, List<Violation> violations) {
    List<String> command = new ArrayList<>();
    if (raw instanceof List<?> words
        && !words.isEmpty()
        && words.stream().allMatch(String.class::isInstance)) {
      words.forEach(word -> command.add((String) word));
    } else {
      violations.add(
          new Violation(
              at + "/command",
              "manifest.notification-command",
              "\"command\" is a list of texts: a program and its arguments."));
    }
    return command;
  }
}
