package dev.landfall.host.plugin;

/** A service that is no connector, in a package that a test shares with its plugins. */
public interface ServiceForTest {
  ClassLoader seen();
}
