package dev.landfall.testkit.stage;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.CheckRequest;
import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.DescribesFields;
import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.sync.FieldSpec;
import java.util.List;

/**
 * What a connector is asked besides its sessions: what it answers is written down, and held against
 * the rules that hold at every call.
 */
final class Questions {

  private final Destination destination;
  private final Watch watch;
  private final Privacy privacy;
  private final Speech speech;

  Questions(Destination destination, Watch watch, Privacy privacy, Speech speech) {
    this.destination = destination;
    this.watch = watch;
    this.privacy = privacy;
    this.speech = speech;
  }

  DestinationSession open(SessionRequest request) {
    try {
      DestinationSession session = destination.open(request);
      if (session == null) {
        throw noSession("open gave null");
      }
      return session;
    } catch (ConnectorException e) {
      refused("what open threw", e);
      throw e;
    } catch (Violated e) {
      throw e;
    } catch (Throwable e) {
      Thrown.unlessFatal(e);
      privacy.look("what open threw", e);
      throw noSession("open threw " + Thrown.words(e));
    }
  }

  private Violated noSession(String actual) {
    return broken("D-4.5", "a session, or a ConnectorException", actual);
  }

  private Violated noFields(String actual) {
    return broken("D-9.8", "fields, or a ConnectorException", actual);
  }

  /** Whatever the scenario is about, the rule is broken, and there is nothing to go on with. */
  private Violated broken(String rule, String expected, String actual) {
    watch.found(rule, expected, actual);
    return new Violated(expected, actual);
  }

  private void refused(String where, ConnectorException e) {
    watch.saw("  refused: " + e.problem().kind() + " (" + e.problem().code() + ")");
    privacy.look(where, e);
    speech.look(e.problem());
  }

  CheckReport check(CheckRequest request) {
    return speech.checked(() -> destination.check(request));
  }

  List<FieldSpec> fields(CheckRequest request) {
    List<FieldSpec> fields;
    try {
      fields = ((DescribesFields) destination).fields(request);
    } catch (ConnectorException e) {
      refused("what fields threw", e);
      throw e;
    } catch (Throwable e) {
      Thrown.unlessFatal(e);
      privacy.look("what fields threw", e);
      throw noFields("fields threw " + Thrown.words(e));
    }
    if (fields == null) {
      throw noFields("fields gave null");
    }
    return fields;
  }
}
