"""`python -m web`: serve the archive with waitress until interrupted."""

import errno
import socket
import sys

import click
from waitress import create_server

from archive.errors import BadSetting
from archive.settings import load_settings
from web.app import create_app
from web.configuration import load_site_settings

_NOT_SERVED = 2
_CONNECTIONS = 1000
"""Kept open at once, each an idle browser's for up to two minutes. Waitress's own 100 let readers beyond wait that long."""


@click.command(help="Serve the archive on http://HOST:PORT until interrupted.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one."
)
def main(host: str, port: int) -> None:
    """Read the settings and open the socket first, so that what is wrong there is told before anything else."""
    try:
        settings, site = load_settings(), load_site_settings()
    except BadSetting as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(_NOT_SERVED)
    listener = _listen(host, port)
    app = create_app(settings, site)
    server = create_server(
        app,
        sockets=[listener],
        threads=site.threads,
        ident=None,
        connection_limit=_CONNECTIONS,
        asyncore_use_poll=True,  # select, the default, ends at file 1,024
    )
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
        sys.exit(_NOT_SERVED)
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
