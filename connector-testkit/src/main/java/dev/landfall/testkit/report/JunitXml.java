package dev.landfall.testkit.report;

import dev.landfall.testkit.conformance.Report;
import dev.landfall.testkit.conformance.RuleResult;
import dev.landfall.testkit.conformance.Verdict;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A report for build servers, in the form that Surefire writes. */
final class JunitXml {

  private final Report report;
  private final KnownViolations known;

  private JunitXml(Report report, KnownViolations known) {
    this.report = report;
    this.known = known;
  }

  /** One test case for each rule; what is unverified is an error, for it is no pass. */
  static String text(Report report, KnownViolations known) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
      new JunitXml(report, known).write(xml);
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("Writing to memory cannot fail", e);
    }
    return text + "\n";
  }

  private void write(XMLStreamWriter xml) throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeCharacters("\n");
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", "conformance of " + report.connector() + " " + report.version());
    xml.writeAttribute("tests", String.valueOf(report.results().size()));
    xml.writeAttribute("failures", count(Verdict.VIOLATED));
    xml.writeAttribute(
        "errors",
        String.valueOf(
            report.with(Verdict.ERRORED).size() + report.with(Verdict.UNVERIFIED).size()));
    xml.writeAttribute("skipped", count(Verdict.SKIPPED));
    xml.writeAttribute(
        "time",
        seconds(
            report.results().stream().map(RuleResult::took).reduce(Duration.ZERO, Duration::plus)));
    for (RuleResult result : report.results()) {
      testCase(xml, result);
    }
    xml.writeCharacters("\n");
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  private String count(Verdict verdict) {
    return String.valueOf(report.with(verdict).size());
  }

  private void testCase(XMLStreamWriter xml, RuleResult result) throws XMLStreamException {
    xml.writeCharacters("\n  ");
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", "landfall.conformance." + report.connector());
    xml.writeAttribute("name", result.rule().id() + " " + result.rule().sentence());
    xml.writeAttribute("time", seconds(result.took()));
    switch (result.verdict()) {
      case VIOLATED -> violated(xml, result);
      case SKIPPED -> inside(xml, "skipped", result.note(), "");
      case UNVERIFIED -> inside(xml, "error", "Unverified. " + result.note(), "");
      case ERRORED -> inside(xml, "error", result.note(), "");
      case PASSED -> {}
    }
    xml.writeEndElement();
  }

  private void violated(XMLStreamWriter xml, RuleResult result) throws XMLStreamException {
    String text = String.join("\n", Words.of(report, result));
    var reason = known.reason(result.rule().id());
    if (reason.isPresent()) {
      inside(xml, "skipped", "Known: " + reason.get(), text);
    } else {
      String actual = result.finding() == null ? "" : result.finding().actual();
      inside(xml, "failure", actual, text);
    }
  }

  private static void inside(XMLStreamWriter xml, String element, String message, String text)
      throws XMLStreamException {
    xml.writeCharacters("\n    ");
    xml.writeStartElement(element);
    xml.writeAttribute("message", printable(message));
    xml.writeCharacters(printable(text));
    xml.writeEndElement();
    xml.writeCharacters("\n  ");
  }

  /** XML 1.0 knows no other control characters, not even escaped. */
  private static String printable(String text) {
    return text.replaceAll("[^\\t\\n\\r\\u0020-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "?");
  }

  private static String seconds(Duration took) {
    return String.format(Locale.ROOT, "%.3f", took.toMillis() / 1e3);
  }
}
