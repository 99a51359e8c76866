"""Why a page gives no report: the words that say where its text stands, or that it has none. Pure."""

from archive.errors import NoReportFound
from archive.model import Page
from archive.unshown import TEXT_IN_SCRIPT

_SHOWN_FRAMES = 5


def no_text_on(page: Page, title: str) -> NoReportFound:
    """Return the error for a page whose blocks hold no text: in frames, in a script, or nowhere."""
    frames = [address for name, address in page.meta if name == "frame"]
    if frames:
        return NoReportFound(
            f"the page's text lies in its frames, not in the page itself: add {', '.join(frames[:_SHOWN_FRAMES])}"
        )
    if any(name == TEXT_IN_SCRIPT for name, _ in page.meta):
        return NoReportFound(
            "the page's text stands in a script, which is not run; open the page in a browser, save what it shows, "
            "and add that"
        )
    return NoReportFound(
        f"the page holds no running text beyond boilerplate (title: {title or 'none'}); "
        "if it is a report, add a rule file for its site that says where the text stands"
    )
