"""Runs a command beside a cluster of three nodes, with OPENSEARCH_URL set: `python -m tests.cluster.run make test`.

With `--quick` before the command it starts while the nodes start, which are made for tests and not for measuring.
"""

import os
import subprocess
import sys

from tests.cluster.nodes import CLASSPATH, Cluster, missing_programs, running_cluster

SNAPSHOTS = "OPENSEARCH_TEST_SNAPSHOTS"
"""Names the folder that all nodes may write snapshots to."""


def main(arguments: list[str]) -> int:
    """Start the cluster, run the command, stop the cluster; return the command's exit status."""
    if missing := missing_programs():
        print(f"install {', '.join(missing)} first (a JDK of 17 or later, and Maven)", file=sys.stderr)
        return 2
    quick = arguments[:1] == ["--quick"]
    command = arguments[quick:]
    with running_cluster(quick=quick, wait=not (quick and command)) as cluster:
        if command:
            return run(command, cluster)
        print(f"OPENSEARCH_URL={','.join(cluster.urls)}")
        print(f"snapshots may be written to {cluster.snapshots}", flush=True)
        sys.stdin.read()  # until the terminal's Ctrl-D
        return 0


def run(command: list[str], cluster: Cluster) -> int:
    """Run the command; where it failed and a node has ended, show what the nodes said."""
    told = {
        "OPENSEARCH_URL": ",".join(cluster.urls),
        SNAPSHOTS: str(cluster.snapshots),
        CLASSPATH: cluster.classpath,
    }
    status = subprocess.run(command, env={**os.environ, **told}, check=False).returncode
    if status and cluster.has_lost_a_node():
        print(f"a node ended by itself:\n{cluster.logs()}", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
