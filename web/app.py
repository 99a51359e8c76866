"""The application: configuration, headers, error pages, and which module answers which address."""

from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

from archive.gazetteer.table import load_gazetteer
from archive.settings import Settings, load_settings
from web import (
    adding,
    api,
    capture_views,
    cite_views,
    errors,
    family_views,
    feeds,
    filters,
    holdings,
    languages,
    law_views,
    openapi,
    operator_session,
    overview_views,
    problem_views,
    reading_list,
    record_api,
    report_views,
    sharing,
    suggest_views,
    taking_out,
    theme,
    version_views,
    views,
)
from web.access_log import log_access
from web.compressing import compress
from web.configuration import SiteSettings, load_site_settings
from web.limiting import limit_requests

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
_BLUEPRINTS = (
    views.pages,
    report_views.reports,
    version_views.versions,
    family_views.family_pages,
    capture_views.captures,
    law_views.law_pages,
    cite_views.citing,
    api.api,
    record_api.record_api,
    openapi.openapi,
    problem_views.problem_pages,
    taking_out.taking_out,
    reading_list.reading_list,
)
_ASSET_SECONDS = 365 * 24 * 3600
_MOST_POSTED_BYTES = 2 * 1024 * 1024  # a list of a thousand passages; nothing else is posted here


def create_app(settings: Settings | None = None, site: SiteSettings | None = None, **config: object) -> Flask:
    """Make the application. Raises BadSetting.

    Without `settings` both they and `site` are the environment's; with them, `site` is a bare one without log and
    limits unless given. `config` goes to Flask's own.
    """
    app = Flask(__name__)
    site = site or (SiteSettings() if settings else load_site_settings())
    app.config[holdings.SETTINGS] = settings or load_settings()
    app.config["PUBLIC_ADDRESS"] = site.public_address
    app.config["RATE_LIMIT"] = site.rate_limit
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = _ASSET_SECONDS  # the address of an asset names its contents
    app.config["MAX_CONTENT_LENGTH"] = _MOST_POSTED_BYTES
    app.config.update(config)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(asset_stamp=_asset_stamp(app))
    compress(app)  # before _finish, so that it runs after it: the ETag is that of the page as it is
    app.after_request(_finish)
    load_gazetteer()  # 0.5 s once, here and not in each of the first requests that arrive together
    for module in (
        languages,
        theme,
        errors,
        holdings,
        filters,
        suggest_views,
        sharing,
        overview_views,
        feeds,
    ):
        module.register(app)
    for blueprint in _BLUEPRINTS:
        app.register_blueprint(blueprint)
    if site.operator_token:
        operator_session.allow(app, site.operator_token, secure=site.public_address.startswith("https:"))
        app.config[adding.FETCHES_PRIVATE] = site.fetches_private
        app.register_blueprint(adding.adding)
    _put_on_line(app, site)
    return app


def _put_on_line(app: Flask, site: SiteSettings) -> None:
    """Do what a public site needs, by its settings."""
    if site.trusted_proxies:
        count = site.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    limit_requests(app, site.rate_limit)
    if site.logs_access:
        log_access(app, with_queries=site.logs_queries)
    if site.hsts_seconds:
        value = f"max-age={site.hsts_seconds}; includeSubDomains"

        @app.after_request
        def tell_https(response: Response) -> Response:
            response.headers["Strict-Transport-Security"] = value
            return response


def _asset_stamp(app: Flask) -> str:
    """Return a short digest over the static files, so that a changed one gets another address."""
    folder = Path(str(app.static_folder))
    contents = b"".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file())
    return sha256(contents).hexdigest()[:10]


def _finish(response: Response) -> Response:
    for name, value in _SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    is_whole = not (
        response.direct_passthrough or response.is_streamed
    )  # a digest of what is sent piece by piece
    if request.method in {"GET", "HEAD"} and response.status_code == 200 and is_whole:
        # The page's own digest as its ETag: right whatever the page depends on (versions, index, the day).
        response.add_etag()
        response.headers.setdefault("Cache-Control", "no-cache")
        response.make_conditional(request)
    return response
