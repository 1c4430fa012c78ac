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
# What DuckDB may use in each process, and sort: the default of landfall --memory.
MEGABYTES = os.environ.get("MEGABYTES", "384")


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
        self.processor_seconds = usage.ru_utime + usage.ru_stime
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


def write_manifest(name, url, audience, credentials=("benchmark", "benchmark"), **more):
    (FOLDER / "secret").write_text(credentials[1])
    path = FOLDER / (name + ".json")
    manifest = {
        "name": "benchmark",
        "source": {"type": "file", "path": str(audience)},
        "destination": {
            "connector": "kognitiv",
            "connection": {
                "apiBaseUrl": url,
                "clientId": credentials[0],
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


def plan(members=10_000_000):
    url, ledger = make_ledger(members)
    program("sorted", ledger, FOLDER / "held")
    cases = [("1 % changed", members // 200), ("nothing changed", 0)]
    # What is ten times as large is measured once.
    rounds = 3 if members <= 10_000_000 else 1
    for what, changed in cases if rounds > 1 else cases[:1]:
        audience = FOLDER / "audience.csv"
        program("audience", audience, changed, members)
        # Plans send nothing: the server may be gone.
        manifest = write_manifest("plan", url, audience)
        compare_plans(what, manifest, ledger, audience, changed, rounds)
        compare_planners(what, ledger, audience, changed, rounds)


def make_ledger(members):
    """A run makes the ledger; SQL adds members as if it had delivered them."""
    with Server(0) as server:
        audience = write_audience("first.csv", [1_000_000_000])
        landfall("sync", write_manifest("first", server.url, audience), *STATE)
    (ledger,) = (FOLDER / "state/syncs/benchmark").rglob("ledger-*.duckdb")
    program("fill", ledger, 1, members)
    return server.url, ledger


def program(does, *arguments):
    spilled = FOLDER / "spilled"
    java = [*JAVA, "-cp", CLASSES, "dev.landfall.benchmarks.PlanBenchmark"]
    return Measured([*java, MEGABYTES, str(spilled), does, *map(str, arguments)])


def compare_plans(what, manifest, ledger, audience, changed, rounds):
    changes = FOLDER / "changes.duckdb"
    whole, bare, sorting = [], [], []
    for _ in range(rounds):
        whole.append(landfall("plan", manifest, *STATE, "--memory", MEGABYTES, "--json"))
        report = json.loads(whole[-1].output)
        require(changed, f"+{report['adds']['planned']} -{report['removes']['planned']}")
        bare.append(program("script", ledger, audience, changes))
        require(changed, " ".join(bare[-1].output.split()[:2]))
        changes.unlink()
        sorting.append(sort_and_comm(audience, changed))
    for name, runs in [("landfall plan", whole), ("the bare script", bare), ("sort and comm", sorting)]:
        print_plans(f"{what}: {name}", runs, whole)


def compare_planners(what, ledger, audience, changed, rounds):
    """Over an audience that was read, without the start of a JVM."""
    table, changes = FOLDER / "audience.duckdb", FOLDER / "changes.duckdb"
    program("read", audience, table)
    runs = {"planner": [], "statement": []}
    for _ in range(rounds):
        for does, measured in runs.items():
            measured.append(program(does, ledger, table, changes))
            *found, seconds = measured[-1].output.split()
            measured[-1].seconds = float(seconds)
            require(changed, " ".join(found))
            changes.unlink()
    table.unlink()
    print_plans(f"{what}: the planner alone", runs["planner"], runs["planner"])
    print_plans(f"{what}: the bare statement", runs["statement"], runs["planner"])


def sort_and_comm(audience, changed):
    """The ledger's side is sorted already; lines that only one of them has are the changes."""
    wanted = FOLDER / "wanted"
    script = (
        f"tail -n +2 {audience} | sort -S {MEGABYTES}M -T {FOLDER} > {wanted}"
        f" && comm -3 {FOLDER}/held {wanted} > {FOLDER}/changes && wc -l < {FOLDER}/changes"
    )
    measured = Measured(["sh", "-c", script], env={**os.environ, "LC_ALL": "C"})
    require(2 * changed, measured.output.strip(), str)
    return measured


def require(changed, found, form="+{0} -{0}".format):
    if found != form(changed):
        sys.exit(f"{found} was found, and {form(changed)} is right")


def print_plans(what, runs, beside):
    seconds = statistics.median(r.seconds for r in runs)
    ratio = statistics.median(b.seconds / r.seconds for b, r in zip(beside, runs))
    memory = max(r.megabytes for r in runs)
    processor = statistics.median(r.processor_seconds for r in runs)
    each = ", ".join(f"{r.seconds:.1f}" for r in runs)
    print(
        f"{what}: {seconds:.1f} s ({each}), {processor:.1f} s of processors, {memory:.0f} MB, ratio {ratio:.2f}",
        flush=True,
    )


class Sandbox:
    """The connector's sandbox in a process of its own, which bears so many calls at once."""

    def __init__(self, name, capacity):
        target = "groupExternalReference=VIP-2026"
        command = [LANDFALL, "sandbox", "kognitiv", "--target", target, "--json", "--state", str(FOLDER / name)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        document, more = "", self.process.stdout.readline()
        while more:
            document += more
            more = "" if more.startswith("}") else self.process.stdout.readline()
        self.connection = json.loads(document)["connection"]
        self.url = json.loads(document)["address"]
        too_many = {"symptom": "answer", "status": 429, "applied": "never", "beyond": capacity}
        slow = {"symptom": "slow", "latency": "PT0.02S"}
        self.ask("faults", json.dumps([too_many, slow]).encode())

    def ask(self, what, body=None):
        with urllib.request.urlopen(f"{self.url}/__sandbox/{what}", body) as answer:
            return answer.read()

    def adds(self):
        return json.loads(self.ask("state?members=no"))["calls"]["add"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def pacing(members=0):
    for many in [members] if members else [8_000, 24_000]:
        shares = [paced(many, turn) for turn in range(3)]
        used, refused = (statistics.median(s[i] for s in shares) for i in (0, 1))
        each = ", ".join(f"{s[0]:.3f}" for s in shares)
        print(f"{many:,} members: {used:.3f} of the capacity ({each}), {refused:.2%} refused", flush=True)


def paced(members, turn, capacity=16):
    fixed, _ = sent(f"fixed-{members}-{turn}", members, capacity, {"maxInFlight": capacity})
    adaptive = {"maxInFlight": "adaptive", "ceiling": 64}
    seconds, calls = sent(f"adaptive-{members}-{turn}", members, capacity, adaptive)
    print(f"{members:,} members: fixed {fixed:.1f} s, adaptive {seconds:.1f} s, {calls - members} refused", flush=True)
    return fixed / seconds, (calls - members) / calls


def sent(name, members, capacity, delivery):
    audience = write_audience("audience.csv", range(1, members + 1))
    with Sandbox(name, capacity) as sandbox:
        credentials = [sandbox.connection[key] for key in ("clientId", "clientSecret")]
        manifest = write_manifest(name, sandbox.url, audience, credentials, delivery=delivery)
        run = landfall("sync", manifest, "--state", str(FOLDER / (name + "-run")))
        return run.seconds, sandbox.adds()


def case_sync(megabytes=500):
    """Each process reads the file several times: as it starts, and with its code compiled."""
    case_updates("write", megabytes * 1_000_000)
    (file,) = FOLDER.glob("CaseUpdatesSync_*.txt")
    size = file.stat().st_size / 1e6
    runs = {"fastcsv": [], "source": []}
    for _ in range(5):
        for reads, measured in runs.items():
            plugins = [ROOT / "cli/target/landfall/plugins"] if reads == "source" else []
            measured.append(case_updates(reads, 4, *plugins))
    rows = {line.split()[0] for measured in runs.values() for run in measured for line in run.output.splitlines()}
    if len(rows) != 1 or int(rows.copy().pop()) < 1:
        sys.exit(f"different numbers of rows: {rows}")
    print(f"{size:.0f} MB, {int(rows.pop()):,} rows")
    print("| pass | what | MB/s | beside FastCSV | MB a second of the processor | beside FastCSV | peak memory |")
    print("|---|---|---|---|---|---|---|")
    for turn, name in [(0, "first"), (-1, "fourth")]:
        for reads, measured in runs.items():
            print_reading(name, reads, measured, runs["fastcsv"], turn, size)


def case_updates(*arguments):
    # A tenth of the file: whoever keeps what was read runs out of memory.
    java = ["java", "-XX:+UseSerialGC", "-XX:ActiveProcessorCount=1", "-Xmx48m", "-Xshare:auto", "-cp", CLASSES]
    does, *more = arguments
    return Measured([*java, "dev.landfall.benchmarks.CaseSyncBenchmark", does, str(FOLDER), *map(str, more)])


def print_reading(name, reads, measured, fastcsv, turn, size):
    def speeds(runs, column):
        return [size / float(run.output.splitlines()[turn].split()[column]) for run in runs]

    cells = []
    for column in (1, 2):
        mine = speeds(measured, column)
        median = statistics.median(mine)
        each = ", ".join(f"{speed:.0f}" for speed in mine)
        cells += [f"{median:.0f} ({each})", f"{median / statistics.median(speeds(fastcsv, column)):.2f}"]
    memory = max(run.megabytes for run in measured)
    print(f"| {name} | {reads} | {' | '.join(cells)} | {memory:.0f} MB |")


arguments = [MEMBERS] if MEMBERS and WHAT != "start" else []
benchmarks = {"start": start, "script": script, "plan": plan, "pacing": pacing, "case-sync": case_sync}
benchmarks[WHAT](*arguments)
