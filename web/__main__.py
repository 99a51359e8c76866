"""`python -m web`: serve the archive with waitress until interrupted."""

import errno
import socket
import sys

import click
from waitress import create_server

from web.app import create_app

THREADS = 8
"""A search takes milliseconds; more threads only share the interpreter's lock."""

_IN_USE = 2


@click.command(help="Serve the archive on http://HOST:PORT until interrupted.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one."
)
def main(host: str, port: int) -> None:
    """Open the socket first, so that a port in use is told before anything else."""
    listener = _listen(host, port)
    server = create_server(create_app(), sockets=[listener], threads=THREADS, ident=None)
    bound_host, bound_port = listener.getsockname()[:2]
    shown_host = f"[{bound_host}]" if ":" in bound_host else bound_host
    click.echo(f"The archive is open at http://{shown_host}:{bound_port}/ (Ctrl-C closes it)")
    try:
        server.run()
    except KeyboardInterrupt:
        click.echo("Closed.")
    finally:
        server.close()


def _listen(host: str, port: int) -> socket.socket:
    """Return a listening socket, or leave with a message that says what to do."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
    except OSError as error:
        click.echo(f"Can't serve on {host}:{port}: {_advice(error, port)}", err=True)
        sys.exit(_IN_USE)
    return listener


def _advice(error: OSError, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"port {port} is already in use. Open http://127.0.0.1:{port}/ to see whether it is this archive,"
            f" or take another port: python -m web --port {port + 1 if port < 65535 else 0}"
        )
    if error.errno == errno.EACCES:
        return f"port {port} may not be opened by this user; take one above 1023: python -m web --port 8000"
    return f"{error.strerror or error}. Give an address of this machine with --host and a free --port."


if __name__ == "__main__":
    main()
