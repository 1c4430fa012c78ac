/** The contracts between a connector and a host. */
module dev.landfall.connector {
  requires static transitive org.jspecify;

  exports dev.landfall.connector;
  exports dev.landfall.connector.outcome;
  exports dev.landfall.connector.settings;
  exports dev.landfall.connector.sync;
}
