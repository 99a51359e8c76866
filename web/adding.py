"""Adding pages in the browser, for the keeper who logged in: hand in, look, correct, add. Writes drafts and the store."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from archive.errors import DataFolderError, IndexFault, WriterBusy
from archive.intake import Tally, take_in_decided
from archive.model import Capture
from archive.settings import MEBIBYTE
from archive.store import Store
from index.current import keep_in_step
from web import drafts
from web.add_preview import PageView, decide, to_page_view
from web.drafts import Draft
from web.handing_in import Refused, fetched, pasted, to_address, uploaded
from web.holdings import current_settings
from web.languages import gettext
from web.operator_session import check_form, end_session, form_token, is_operator, try_token

FETCHES_PRIVATE = "OPERATOR_FETCHES_PRIVATE"

adding = Blueprint("adding", __name__, url_prefix="/add")


@adding.before_request
def admit() -> AnyResponse | None:
    """Let the keeper alone in, and through with a whole page; each form must be ours."""
    is_for_all = request.endpoint in {"adding.page", "adding.log_in"}
    if not is_operator() and not is_for_all:
        return redirect(url_for("adding.page"), HTTPStatus.SEE_OTHER)
    if is_operator():
        limit = 2 * current_settings().max_capture_bytes + MEBIBYTE  # a form may write a byte as two
        request.max_content_length = request.max_form_memory_size = limit
    if request.method == "POST":
        check_form()
    return None


@adding.after_request
def keep_private(response: Response) -> Response:
    """Let no cache hold what only the keeper may see."""
    response.headers["Cache-Control"] = "no-store"
    return response


@adding.context_processor
def forms() -> dict[str, str]:
    """Give each template the session's form token."""
    return {"form_token": form_token()}


@adding.get("")
def page() -> str:
    """Show the forms to hand in a page, or the one to log in."""
    return _form() if is_operator() else render_template("add_login.html", is_wrong=False)


@adding.post("/login")
def log_in() -> AnyResponse:
    """Log in with the token."""
    if try_token(request.form.get("token", "")):
        return redirect(url_for("adding.page"), HTTPStatus.SEE_OTHER)
    return make_response(render_template("add_login.html", is_wrong=True), HTTPStatus.UNAUTHORIZED)


@adding.post("/logout")
def log_out() -> AnyResponse:
    """Log out."""
    end_session()
    return redirect(url_for("adding.page"), HTTPStatus.SEE_OTHER)


@adding.post("")
def hand_in() -> AnyResponse:
    """Take what was handed in and lead on to its preview; what can't be taken is told beside what was typed."""
    try:
        draft = _handed_in()
    except Refused as error:
        return make_response(_form(str(error)), HTTPStatus.UNPROCESSABLE_ENTITY)
    key = drafts.new_key()
    drafts.save(current_settings(), key, replace(draft, captures=tuple(map(_as_decided, draft.captures))))
    return redirect(url_for("adding.preview", key=key), HTTPStatus.SEE_OTHER)


def _form(trouble: str = "") -> str:
    return render_template(
        "add.html",
        trouble=trouble,
        typed=request.form,
        most_mebibytes=current_settings().max_capture_bytes / MEBIBYTE,
    )


def _handed_in() -> Draft:
    limit = current_settings().max_capture_bytes
    address = to_address(request.form.get("address", ""))
    file, text = request.files.get("file"), request.form.get("text", "")
    if file is not None and file.filename:
        return uploaded(file, address, limit)
    if text.strip():
        return pasted(text, address, limit)
    if address is None:
        raise Refused(gettext("请贴上网页、选一个文件，或填一个地址。"))
    return fetched(address, limit, private=bool(current_app.config[FETCHES_PRIVATE]))


def _as_decided(capture: Capture) -> Capture:
    """Begin with what was decided when this very page was added before, if it was."""
    with (
        suppress(DataFolderError),
        Store.open(current_settings()) as store,
    ):  # none yet: the first page makes it
        return store.as_decided(capture)
    return capture


@adding.get("/draft/<key>")
def preview(key: str) -> str:
    """Show what would come of a draft, block by block."""
    return _preview(key, drafts.load(current_settings(), key))


def _preview(key: str, draft: Draft, trouble: str = "", detail: str = "") -> str:
    pages = [to_page_view(number, capture) for number, capture in enumerate(draft.captures)]
    return render_template(
        "add_preview.html",
        key=key,
        pages=pages,
        remarks=draft.remarks,
        can_add=any(one.reports for one in pages),
        trouble=trouble,
        detail=detail,
    )


@adding.post("/draft/<key>")
def correct(key: str) -> AnyResponse:
    """Keep what the boxes say, then show the preview again, add, or give the draft up."""
    settings, wanted = current_settings(), request.form.get("action")
    if wanted == "discard":
        drafts.discard(settings, key)
        return redirect(url_for("adding.page"), HTTPStatus.SEE_OTHER)
    draft = drafts.load(settings, key)
    draft = replace(draft, captures=tuple(_corrected(*one) for one in enumerate(draft.captures)))
    drafts.save(settings, key, draft)
    if wanted == "add":
        return _add(key, draft)
    return redirect(url_for("adding.preview", key=key), HTTPStatus.SEE_OTHER)


def _corrected(number: int, capture: Capture) -> Capture:
    kept = {int(text) for text in request.form.getlist(f"keep-{number}") if _is_number(text)}
    title = request.form.get(f"title-{number}", "")
    return decide(capture, kept, int(title) if _is_number(title) else None, datetime.now(tz=UTC))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 9


def _add(key: str, draft: Draft) -> AnyResponse:
    """Add a draft as `ingest.py add` would; while another process writes, all stays as it is."""
    settings, tally = current_settings(), Tally()
    pages: list[PageView] = [to_page_view(number, one) for number, one in enumerate(draft.captures)]
    lag = ""
    try:
        with Store.open(settings, writable=True) as store:
            take_in_decided(store, draft.captures, tally, jobs=1)
            try:
                keep_in_step(store, settings)
            except IndexFault as error:  # the reports are stored; the index catches up with the next run
                lag = str(error)
    except WriterBusy as error:
        busy = gettext("另一个程序正在写入档案。这里的内容和校订都已留存，请稍后再按“收入档案”。")
        return make_response(_preview(key, draft, busy, str(error)), HTTPStatus.SERVICE_UNAVAILABLE)
    drafts.discard(settings, key)
    reports = [report for one in pages for report in one.reports]
    return make_response(
        render_template("added.html", reports=reports, failures=tally.failures, counts=tally.reports, lag=lag)
    )
