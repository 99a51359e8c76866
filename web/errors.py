"""Errors as pages and as JSON: what happened, and what to do next.

Pages speak the reader's language; the JSON is RFC 9457 problem details, in English. Errors raised on purpose in the archive
never show a traceback; anything else is logged with one and answered with 500.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from flask import Flask, Response, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed

from archive.errors import (
    ArchiveError,
    DataFolderError,
    IndexFault,
    IndexMissing,
    IndexOutdated,
    IndexUnreachable,
    NotHeld,
    StoreError,
    Withdrawn,
)
from archive.resolve.references import mended_path
from web.addresses import public_address
from web.languages import counted, gettext, msgid
from web.limiting import limit_reached
from web.problems import PROBLEMS, EmptyArchive, name_of, name_of_status
from web.sharing import OPEN_PATHS

REINDEX = "python ingest.py reindex"
ADD_SAMPLES = "python ingest.py add samples/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """An error page's content. `command` is what the archive's keeper has to run, `detail` the error's own words."""

    status: int
    title: str
    sentences: tuple[str, ...]
    command: str = ""
    detail: str = ""
    offers_search: bool = False


def trouble_of(error: ArchiveError) -> Trouble:
    """Say what an error means for the reader and what the keeper has to do."""
    match error:
        case NotHeld():
            return Trouble(
                status=HTTPStatus.NOT_FOUND,
                title=gettext("档案中没有这份报告"),
                sentences=(
                    gettext(
                        "这个编号或版本没有收存。编号是十二位小写字母和数字，请对照引文核对一遍；版本号在“/v/”之后。"
                    ),
                    gettext("已收存的报告即使撤下，地址也不会消失，所以问题多半在抄写。"),
                ),
                offers_search=True,
            )
        case IndexFault():
            return _index_trouble(error)
        case EmptyArchive():
            return _empty_archive()
        case StoreError():
            return Trouble(
                status=HTTPStatus.SERVICE_UNAVAILABLE,
                title=gettext("档案库暂时无法读取"),
                sentences=(
                    gettext("数据文件夹打不开或格式不符，请管理员按下面的说明处理，收存的内容不受影响。"),
                ),
                command=ADD_SAMPLES if isinstance(error, DataFolderError) else "",
                detail=str(error),
            )
        case _:
            return Trouble(
                status=HTTPStatus.INTERNAL_SERVER_ERROR,
                title=gettext("这一页暂时无法显示"),
                sentences=(gettext("请稍后再试；如果一直如此，请把地址和下面的说明告诉管理员。"),),
                detail=str(error),
            )


def _index_trouble(error: IndexFault) -> Trouble:
    if isinstance(error, IndexUnreachable):
        return Trouble(
            status=HTTPStatus.SERVICE_UNAVAILABLE,
            title=gettext("检索暂时停止"),
            sentences=(
                gettext("检索集群没有应答，或者只有一部分能应答；不完整的结果不会显示，请过一会儿再检索。"),
                gettext("报告本身不受影响，凭编号的地址仍可打开。"),
            ),
            detail=str(error),
        )
    match error:
        case IndexMissing():
            title, why = gettext("检索尚未就绪"), gettext("检索索引还没有建立。")
        case IndexOutdated():
            title, why = gettext("检索索引需要重建"), gettext("检索索引是由另一版本的程序建立的。")
        case _:
            title, why = gettext("检索索引已损坏"), gettext("检索索引的文件缺失或损坏。")
    return Trouble(
        status=HTTPStatus.SERVICE_UNAVAILABLE,
        title=title,
        sentences=(
            why,
            gettext("报告本身不受影响，凭编号的地址仍可打开。"),
            gettext("请管理员在程序所在的文件夹运行："),
        ),
        command=REINDEX,
        detail=str(error),
    )


def _empty_archive() -> Trouble:
    return Trouble(
        status=HTTPStatus.SERVICE_UNAVAILABLE,
        title=gettext("档案还是空的"),
        sentences=(
            gettext("还没有收入任何报告。请在程序所在的文件夹运行下面的命令，收入自带的样例，然后刷新本页："),
        ),
        command=ADD_SAMPLES,
    )


_HTTP_TROUBLES = {
    HTTPStatus.BAD_REQUEST: (msgid("请求无法读懂"), msgid("地址或提交的内容不合规则，请回到首页重新检索。")),
    HTTPStatus.NOT_FOUND: (
        msgid("没有这个地址"),
        msgid("本站没有这一页。报告的地址是“/r/”加十二位编号，请核对，或从下面找。"),
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: (msgid("这个地址只供阅读"), msgid("本站只接受读取，不接受提交或修改。")),
    HTTPStatus.FORBIDDEN: (
        msgid("表单已失效"),
        msgid("这个表单不是本站刚才给出的，或者登录已过期。请返回上一页，重新载入后再提交。"),
    ),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        msgid("提交的内容太大"),
        msgid("请返回上一页，分成几次提交，或缩短后再试。"),
    ),
    HTTPStatus.REQUEST_URI_TOO_LONG: (msgid("地址太长"), msgid("请缩短检索词后再试。")),
    HTTPStatus.TOO_MANY_REQUESTS: (
        msgid("请求太多"),
        msgid(
            "同一地址在短时间内请求太多，本站为照顾其他读者设了上限。请过一会儿再来；要取大量数据，请用导出。"
        ),
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        msgid("程序出错"),
        msgid("这是程序的错误，已记入日志。请稍后再试，或换一种方式检索。"),
    ),
}


def trouble_of_status(error: HTTPException) -> Trouble:
    """Say what an HTTP error means."""
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    title, sentence = _HTTP_TROUBLES.get(
        HTTPStatus(status), (msgid("请求未能完成"), msgid("请回到首页重新检索。"))
    )
    sentences = (gettext(sentence), *_reached(error))
    return Trouble(status=status, title=gettext(title), sentences=sentences, offers_search=True)


def _reached(error: HTTPException) -> Iterator[str]:
    if limit := limit_reached(error):
        requests, seconds = limit
        yield counted("上限是 %(seconds)s 秒内 %(num)s 次。", requests, seconds=seconds)


def register(app: Flask) -> None:
    """Answer every error of `app` with a page, or with a problem document where a program asks."""
    app.register_error_handler(Withdrawn, _withdrawn)
    app.register_error_handler(ArchiveError, _archive_error)
    app.register_error_handler(HTTPException, _http_error)


def _withdrawn(error: Withdrawn) -> Response:
    if _wants_json():
        return _problem(
            HTTPStatus.GONE,
            str(error),
            name_of(error),
            id=error.report_id,
            withdrawn_at=error.withdrawn_at,
            reason=error.reason,
        )
    page = render_template(
        "tombstone.html",
        report_id=error.report_id,
        withdrawn_on=date.fromisoformat(error.withdrawn_at[:10]),
        reason=error.reason,
    )
    return make_response(page, HTTPStatus.GONE)


def _archive_error(error: ArchiveError) -> Response:
    return _answer(trouble_of(error), str(error), name_of(error))


def _http_error(error: HTTPException) -> Response:
    mended = mended_path(request.path) if error.code == HTTPStatus.NOT_FOUND else None
    if mended is not None:
        return make_response(redirect(mended, HTTPStatus.MOVED_PERMANENTLY))
    if isinstance(error, InternalServerError):
        return _answer(
            trouble_of_status(error), "An error of the program; the log has its traceback.", "internal-error"
        )
    detail, name = error.description or error.name, name_of_status(error.code or 0)
    response = _answer(trouble_of_status(error), detail, name)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.allow.update(error.valid_methods)
    return response


def _answer(trouble: Trouble, detail: str, problem: str | None) -> Response:
    if _wants_json():
        return _retried_later(_problem(trouble.status, detail, problem))
    return _retried_later(make_response(render_template("error.html", trouble=trouble), trouble.status))


def _retried_later(response: Response) -> Response:
    if response.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = "60"
    return response


def _wants_json() -> bool:
    """Whether a program asks: what is given to other sites' scripts is no page."""
    return request.path.startswith(OPEN_PATHS)


def _problem(status: int, detail: str, name: str | None, **members: str) -> Response:
    """Build a problem document: https://www.rfc-editor.org/rfc/rfc9457. Without a name the status says it all."""
    response = jsonify(
        type=public_address(url_for("problems.page", name=name)) if name else "about:blank",
        title=PROBLEMS[name].title if name else HTTPStatus(status).phrase,
        status=int(status),
        detail=detail,
        instance=request.path,
        **members,
    )
    response.status_code = status
    response.mimetype = "application/problem+json"
    response.content_language.add("en")
    return response
