"""Benchmarks of whole processes: seconds and peak memory of each, as the operating system counts them."""

import json
import os
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

WHAT, ROOT, FOLDER = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
MEMBERS = int(sys.argv[4]) if len(sys.argv) > 4 else 0
LANDFALL = str(ROOT / "cli/target/landfall/bin/landfall")
JAVA = ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"]
CLASSES = f"{ROOT}/benchmarks/target/classes:{ROOT}/benchmarks/target/lib/*"
STATE = ["--state", str(FOLDER / "state")]


class Measured:
    """A process that ended well; says what it took."""

    def __init__(self, command, ends_with=0, **options):
        output = FOLDER / "output"
        with open(output, "w") as out:
            begun = time.monotonic()
            process = subprocess.Popen(command, stdout=out, **options)
            _, status, usage = os.wait4(process.pid, 0)
            self.seconds = time.monotonic() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        self.megabytes = usage.ru_maxrss / 1024
        self.output = output.read_text()
        if process.returncode != ends_with:
            sys.exit(f"{command} ended with {process.returncode}: {self.output}")


def landfall(*arguments, ends_with=0):
    return Measured([LANDFALL, *arguments], ends_with, stderr=subprocess.DEVNULL)


def write_audience(name, members):
    path = FOLDER / name
    with open(path, "w") as file:
        file.write("member_internal_id\n")
        file.writelines(f"{member}\n" for member in members)
    return path


def write_manifest(name, url, audience, **more):
    (FOLDER / "secret").write_text("benchmark")
    path = FOLDER / (name + ".json")
    manifest = {
        "name": "benchmark",
        "source": {"type": "file", "path": str(audience)},
        "destination": {
            "connector": "kognitiv",
            "connection": {
                "apiBaseUrl": url,
                "clientId": "benchmark",
                "clientSecret": {"file": "secret"},
            },
            "target": {
                "objectType": "promotional-member-group",
                "groupExternalReference": "VIP-2026",
            },
        },
        "mode": "mirror",
        **more,
    }
    path.write_text(json.dumps(manifest))
    return str(path)


class Server:
    """DelayingServer in a process of its own."""

    def __init__(self, delay_millis):
        command = [*JAVA, "-cp", CLASSES, "dev.landfall.benchmarks.DelayingServer", "0", str(delay_millis)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()

    def calls(self):
        with urllib.request.urlopen(self.url + "/calls") as answer:
            return int(answer.read())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()


def start():
    hello = FOLDER / "Hello.java"
    hello.write_text('class Hello { public static void main(String[] a) { System.out.println("Hello"); } }')
    subprocess.run(["javac", "-d", str(FOLDER), str(hello)], check=True)
    manifest = str(ROOT / "manifests/vip-members.json")
    bare, whole = [], []
    for _ in range(10):
        bare.append(Measured([*JAVA, "-cp", str(FOLDER), "Hello"]))
        whole.append(landfall("validate", manifest))
    print_start("a bare JVM", bare, bare)
    print_start("landfall validate", whole, bare)
    with Server(0) as server:
        audience = write_audience("audience.csv", range(1, 10_001))
        manifest = write_manifest("sync", server.url, audience, delivery={"maxInFlight": 32})
        landfall("sync", manifest, *STATE)
        sent = server.calls()
        nothing = [landfall("sync", manifest, *STATE) for _ in range(10)]
        if sent != 10_000 or server.calls() != sent:
            sys.exit(f"{sent} calls, and {server.calls() - sent} when there was nothing to send")
        print_start("landfall sync, a mirror of 10,000 members, nothing to send", nothing, bare)


def print_start(what, runs, bare):
    seconds = statistics.median(r.seconds for r in runs)
    ratio = seconds / statistics.median(r.seconds for r in bare)
    memory = statistics.median(r.megabytes for r in runs)
    print(f"{what}: {seconds:.3f} s, {ratio:.1f} x the bare JVM, {memory:.0f} MB (medians of {len(runs)})")


def script(members=10_000):
    with Server(20) as server:
        audience = write_audience("audience.csv", range(1, members + 1))
        peer = [sys.executable, str(ROOT / "benchmarks/peer.py"), server.url, str(audience)]
        one = write_manifest("sync", server.url, audience)
        for what, command in [
            ("peer.py", peer),
            ("landfall sync", [LANDFALL, "sync", one, *STATE, "--no-progress"]),
        ]:
            for turn in ["first run", "second run, nothing changed"]:
                before = server.calls()
                seconds = Measured(command).seconds
                print(f"{what}, {turn}: {seconds:.1f} s, {server.calls() - before:,} calls", flush=True)


arguments = [MEMBERS] if MEMBERS and WHAT != "start" else []
{"start": start, "script": script}[WHAT](*arguments)
