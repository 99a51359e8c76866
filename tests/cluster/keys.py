"""Certificates for the tests of TLS, made with openssl."""

import subprocess
from pathlib import Path

_NEW_KEY = ("openssl", "req", "-newkey", "rsa:2048", "-nodes", "-subj")
_SIGN = ("openssl", "x509", "-req", "-CA", "authority.pem", "-CAkey", "authority.key", "-CAcreateserial")


def make_keys(folder: Path) -> Path:
    """Make two authorities, of which one signs a certificate for localhost."""

    def run(*command: str) -> None:
        subprocess.run(command, cwd=folder, check=True, capture_output=True)

    for name in ("authority", "stranger"):
        run(*_NEW_KEY, f"/CN={name}", "-x509", "-days", "2", "-keyout", f"{name}.key", "-out", f"{name}.pem")
    (folder / "names").write_text("subjectAltName=DNS:localhost\n")
    run(*_NEW_KEY, "/CN=localhost", "-keyout", "node.key", "-out", "node.csr")
    run(*_SIGN, "-in", "node.csr", "-days", "2", "-extfile", "names", "-out", "node.pem")
    return folder
