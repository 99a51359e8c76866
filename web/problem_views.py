"""The pages that the `type` of a problem document leads to: what it means and what to do."""

from flask import Blueprint, render_template
from werkzeug.exceptions import NotFound, default_exceptions

from archive.errors import Withdrawn
from web.errors import Trouble, trouble_of, trouble_of_status
from web.languages import gettext
from web.problems import PROBLEMS, Problem

problem_pages = Blueprint("problems", __name__, url_prefix="/problems")


@problem_pages.get("/<name>")
def page(name: str) -> str:
    """Explain one kind of error in the reader's language."""
    problem = PROBLEMS.get(name)
    if problem is None:
        raise NotFound
    return render_template("problem.html", name=name, problem=problem, trouble=explanation(problem))


def explanation(problem: Problem) -> Trouble:
    """Return what an error page says of this kind of error."""
    if isinstance(problem.error, Withdrawn):
        return Trouble(
            status=problem.status,
            title=gettext("报告已撤下"),
            sentences=(gettext("文字不再提供，编号不会改作他用；撤下的日期与理由写在答复里。"),),
        )
    if problem.error is not None:
        return trouble_of(problem.error)
    return trouble_of_status(default_exceptions[problem.status]())
