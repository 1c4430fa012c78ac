package dev.landfall.kognitiv.casesync;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.CheckReport.Item;
import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.SourceRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks, item by item, whether a stream could be read; opens no file. */
final class CaseSyncCheck {

  private final SourceRequest request;
  private final List<Item> items = new ArrayList<>();

  CaseSyncCheck(SourceRequest request) {
    this.request = request;
  }

  CheckReport report() {
    Optional<CaseStream> stream = CaseStream.find(request.stream());
    if (stream.isEmpty()) {
      items.add(Item.failed("stream", CaseSyncSource.unknownStream().problem()));
    }
    try {
      look(stream.orElse(CaseStream.CASE_UPDATES), stream.isPresent());
    } catch (ConnectorException e) {
      items.add(Item.failed("folder", e.problem()));
    }
    return new CheckReport(items);
  }

  private void look(CaseStream stream, boolean known) {
    DropFolder folder = DropFolder.list(stream, request.settings().get(CaseSyncSettings.FOLDER));
    items.add(Item.passed("folder", "The folder can be read."));
    if (known) {
      cursor(stream);
      files(stream, folder);
    }
  }

  private void cursor(CaseStream stream) {
    try {
      Bookmarks.of(stream, CaseSyncSettings.charset(request.settings()), request.resumeFrom());
    } catch (ConnectorException e) {
      items.add(Item.failed("cursor", e.problem()));
    }
  }

  private void files(CaseStream stream, DropFolder folder) {
    List<DropFile> files = folder.files();
    if (files.isEmpty()) {
      items.add(Item.unverified("files", "There is no file of " + stream.word() + " yet."));
    } else {
      items.add(
          Item.passed(
              "files",
              "%d of %s, from %s to %s."
                  .formatted(
                      files.size(),
                      stream.word(),
                      files.get(0).name().day(),
                      files.get(files.size() - 1).name().day())));
    }
    for (DropFile file : files) {
      if (file.refused() != null) {
        items.add(Item.failed("file", file.refused()));
      }
    }
    names("unfinished files", "still being uploaded", stream, folder.unfinished());
    names("other files", "named otherwise, and not read", stream, folder.unrecognised());
    MissingDays missing = new MissingDays();
    files.forEach(file -> missing.passed(file.name().day()));
    if (missing.count() > 0) {
      items.add(Item.unverified("missing days", missing.sentence(stream)));
    }
  }

  private void names(String what, String state, CaseStream stream, List<String> names) {
    if (!names.isEmpty()) {
      items.add(
          Item.unverified(
              what,
              ReadingNotes.counted(names, stream)
                  + " "
                  + state
                  + ": "
                  + ReadingNotes.some(names)
                  + "."));
    }
  }
}
