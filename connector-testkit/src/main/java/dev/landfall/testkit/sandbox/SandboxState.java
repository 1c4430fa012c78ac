package dev.landfall.testkit.sandbox;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a sandbox holds, and what it was asked: the members of each group, and the calls by kind.
 *
 * <p>Groups and members are on disk before the method that changes them returns, so a sandbox that
 * is started in the same folder later finds them, also after a kill. Counts are of this process
 * alone. Tests may change members past the wire, as other people would. Safe for use by several
 * threads; who has to look and change in one step holds this object's own lock meanwhile.
 */
public final class SandboxState {

  /** A group, under the number that stands for it in the journal. */
  private record Group(int number, Set<String> members) {}

  private final Map<String, Group> groups = new LinkedHashMap<>();
  private final SortedMap<String, Long> calls = new TreeMap<>();
  private final Journal journal;
  private int nextNumber;
  private int inFlight;
  private int mostInFlight;

  private SandboxState(Path folder) {
    Map<Integer, String> names = new LinkedHashMap<>();
    journal = Journal.open(folder, line -> replay(line, names));
    try {
      renumber();
      journal.compact(groups.entrySet().stream().flatMap(SandboxState::lines));
    } catch (RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  static SandboxState open(Path folder) {
    return new SandboxState(folder);
  }

  /**
   * The groups there are.
   *
   * @return a copy, in the order they were made
   */
  public synchronized List<String> groups() {
    return List.copyOf(groups.keySet());
  }

  /**
   * Who is in a group.
   *
   * @param group the group's name
   * @return a sorted copy; empty if there is no such group
   */
  public synchronized Set<String> members(String group) {
    return Collections.unmodifiableSet(
        new TreeSet<>(find(group).map(Group::members).orElse(Set.of())));
  }

  /**
   * How many are in a group.
   *
   * @param group the group's name
   * @return the number of members; 0 if there is no such group
   */
  public synchronized int size(String group) {
    return find(group).map(g -> g.members().size()).orElse(0);
  }

  /**
   * Whether a member is in a group.
   *
   * @param group the group's name
   * @param member the member, as the system names it
   * @return true if the group exists and holds the member
   */
  public synchronized boolean holds(String group, String member) {
    return find(group).filter(g -> g.members().contains(member)).isPresent();
  }

  /**
   * Whether there is a group.
   *
   * @param group the group's name
   * @return true if it exists
   */
  public synchronized boolean hasGroup(String group) {
    return groups.containsKey(group);
  }

  /**
   * Makes a group, empty; does nothing if there is one.
   *
   * @param group the group's name
   */
  public synchronized void createGroup(String group) {
    if (!groups.containsKey(group)) {
      int number = nextNumber++;
      journal.append("g " + number + " " + encode(group));
      groups.put(group, new Group(number, new HashSet<>()));
    }
  }

  /**
   * Takes a group away, and its memberships with it; does nothing if there is none.
   *
   * @param group the group's name
   */
  public synchronized void removeGroup(String group) {
    find(group)
        .ifPresent(
            gone -> {
              journal.append("d " + gone.number());
              groups.remove(group);
            });
  }

  /**
   * Puts a member into a group.
   *
   * @param group the group's name
   * @param member the member, as the system names it
   * @return false if it was there before
   * @throws IllegalArgumentException if there is no such group
   */
  public synchronized boolean add(String group, String member) {
    Group in = require(group);
    if (in.members().contains(member)) {
      return false;
    }
    journal.append("+ " + in.number() + " " + encode(member));
    return in.members().add(member);
  }

  /**
   * Takes a member out of a group.
   *
   * @param group the group's name
   * @param member the member, as the system names it
   * @return false if it was not there
   * @throws IllegalArgumentException if there is no such group
   */
  public synchronized boolean remove(String group, String member) {
    Group from = require(group);
    if (!from.members().contains(member)) {
      return false;
    }
    journal.append("- " + from.number() + " " + encode(member));
    return from.members().remove(member);
  }

  /**
   * How many calls of each kind arrived since the sandbox was started, refused and failed ones too.
   *
   * @return a copy, sorted by kind; kinds that were never called are left out
   */
  public synchronized SortedMap<String, Long> calls() {
    return Collections.unmodifiableSortedMap(new TreeMap<>(calls));
  }

  /**
   * How many calls of a kind arrived since the sandbox was started, refused and failed ones too.
   *
   * @param kind a kind in the sandbox's own words
   * @return 0 if there was none
   */
  public synchronized long calls(String kind) {
    return calls.getOrDefault(kind, 0L);
  }

  /**
   * How many calls were in progress at once, at most, since the sandbox was started.
   *
   * @return the greatest number seen
   */
  public synchronized int mostInFlight() {
    return mostInFlight;
  }

  /** Counts a call, and says how many are under way with it. */
  synchronized int arrived(String kind) {
    calls.merge(kind, 1L, Long::sum);
    mostInFlight = Math.max(mostInFlight, ++inFlight);
    return inFlight;
  }

  synchronized void answered() {
    inFlight--;
  }

  synchronized void close() {
    journal.close();
  }

  private Optional<Group> find(String group) {
    return Optional.ofNullable(groups.get(group));
  }

  private Group require(String group) {
    return find(group)
        .orElseThrow(() -> new IllegalArgumentException("There is no group " + group));
  }

  private void replay(String line, Map<Integer, String> names) {
    String[] words = line.split(" ", -1);
    int number = Integer.parseInt(words[1]);
    if (words[0].equals("g")) {
      names.put(number, decode(words[2]));
      groups.put(decode(words[2]), new Group(number, new HashSet<>()));
      return;
    }
    String name = names.get(number);
    if (name == null) {
      throw new IllegalArgumentException("a group that was never made");
    }
    switch (words[0]) {
      case "+" -> require(name).members().add(decode(words[2]));
      case "-" -> require(name).members().remove(decode(words[2]));
      case "d" -> groups.remove(name);
      default -> throw new IllegalArgumentException("no such entry");
    }
  }

  private void renumber() {
    List<Map.Entry<String, Group>> old = new ArrayList<>(groups.entrySet());
    groups.clear();
    old.forEach(e -> groups.put(e.getKey(), new Group(nextNumber++, e.getValue().members())));
  }

  private static Stream<String> lines(Map.Entry<String, Group> entry) {
    int number = entry.getValue().number();
    return Stream.concat(
        Stream.of("g " + number + " " + encode(entry.getKey())),
        entry.getValue().members().stream().map(m -> "+ " + number + " " + encode(m)));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
