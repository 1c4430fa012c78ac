"""Says how many mutants of the kit's scenarios and guard its saboteurs catch, and which they do not."""

import collections
import sys
import xml.etree.ElementTree

CAUGHT = ("KILLED", "TIMED_OUT", "MEMORY_ERROR")


def main(report):
    packages = collections.defaultdict(collections.Counter)
    left = []
    for mutant in xml.etree.ElementTree.parse(report).getroot():
        place = mutant.findtext("mutatedClass")
        package = place.rsplit(".", 1)[0].rsplit(".", 1)[1]
        packages[package][mutant.get("status")] += 1
        if mutant.get("status") not in CAUGHT:
            left.append(
                "{}:{} {}".format(
                    place.rsplit(".", 1)[1],
                    mutant.findtext("lineNumber"),
                    mutant.findtext("description"),
                )
            )
    for line in sorted(left):
        print("not caught:", line)
    for package, statuses in sorted(packages.items()):
        caught = sum(statuses[status] for status in CAUGHT)
        made = sum(statuses.values())
        print(
            "{}: {} of {} mutants caught ({:.0f} %), of them {} by a limit of time".format(
                package, caught, made, 100 * caught / made, statuses["TIMED_OUT"]
            )
        )


main(sys.argv[1])
