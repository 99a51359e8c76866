"""Runs a command beside a cluster of three nodes, with OPENSEARCH_URL set: `python -m tests.cluster.run make test`."""

import os
import subprocess
import sys

from tests.cluster.nodes import missing_programs, running_cluster

SNAPSHOTS = "OPENSEARCH_TEST_SNAPSHOTS"
"""Names the folder that all nodes may write snapshots to."""


def main(command: list[str]) -> int:
    """Start the cluster, run the command, stop the cluster; return the command's exit status."""
    if missing := missing_programs():
        print(f"install {', '.join(missing)} first (a JDK of 17 or later, and Maven)", file=sys.stderr)
        return 2
    with running_cluster() as cluster:
        urls = ",".join(cluster.urls)
        if not command:
            print(f"OPENSEARCH_URL={urls}", flush=True)
            sys.stdin.read()  # until the terminal's Ctrl-D
            return 0
        told = {"OPENSEARCH_URL": urls, SNAPSHOTS: str(cluster.snapshots)}
        return subprocess.run(command, env={**os.environ, **told}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
