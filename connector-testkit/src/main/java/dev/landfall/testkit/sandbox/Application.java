package dev.landfall.testkit.sandbox;

/** What a sandbox's author writes: the meaning of each call. */
@FunctionalInterface
public interface Application {
  /**
   * Tells what a call asks for, having checked what is checked on arrival (its form, its token),
   * and changes nothing yet: whether and when the change is made is for the faults to say.
   *
   * @param call the call as it came over the wire
   * @return what it asks for; a call that is refused on arrival too, so that faults and counts see
   *     it
   */
  Operation receive(Call call);
}
