"""The application: configuration, headers, error pages, and which module answers which address."""

from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, request

from archive.gazetteer.table import load_gazetteer
from archive.settings import Settings, load_settings
from web import api, capture_views, errors, filters, holdings, languages, report_views, suggest_views, views

_SECURITY_HEADERS = {
    # Everything comes from this host, and nothing is inline: a captured page's script could not run even if
    # it reached a page unescaped.
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # what a reader searched for is nobody else's business
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_ASSET_SECONDS = 365 * 24 * 3600


def create_app(settings: Settings | None = None, **config: object) -> Flask:
    """Make the application; `settings` default to the environment's, `config` goes to Flask's own.

    `PUBLIC_ADDRESS` is the scheme and host that citations name, when a proxy hides it from the requests.
    """
    app = Flask(__name__)
    app.config[holdings.SETTINGS] = settings or load_settings()
    app.config["PUBLIC_ADDRESS"] = ""
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = _ASSET_SECONDS  # the address of an asset names its contents
    app.config.from_prefixed_env("ARCHIVE_WEB")
    app.config.update(config)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(asset_stamp=_asset_stamp(app))
    app.after_request(_finish)
    load_gazetteer()  # 0.5 s once, here and not in each of the first requests that arrive together
    for module in (languages, errors, holdings, filters, suggest_views):
        module.register(app)
    for blueprint in (views.pages, report_views.reports, capture_views.captures, api.api):
        app.register_blueprint(blueprint)
    return app


def _asset_stamp(app: Flask) -> str:
    """Return a short digest over the static files, so that a changed one gets another address."""
    folder = Path(str(app.static_folder))
    contents = b"".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file())
    return sha256(contents).hexdigest()[:10]


def _finish(response: Response) -> Response:
    for name, value in _SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    if request.method in {"GET", "HEAD"} and response.status_code == 200 and not response.direct_passthrough:
        # The page's own digest as its ETag: right whatever the page depends on (versions, index, the day).
        response.add_etag()
        response.headers.setdefault("Cache-Control", "no-cache")
        response.make_conditional(request)
    return response
