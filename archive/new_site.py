"""A site's first rule file and its fixture, to be filled in by a human. Writes both, and nothing that exists."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from archive.errors import RuleError
from archive.explain import Explanation, explain
from archive.model import Capture
from archive.rulebook import load_rulebook

_MOST_SUGGESTIONS = 12
_LONGEST_SUGGESTED_CHARS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The two files of a new site, as paths and text."""

    rules_path: Path
    rules: str
    fixture_path: Path
    fixture: str


def draft(capture: Capture, *, host: str, project: Path) -> Draft:
    """Draft rule file and fixture from one page of the site: its container, and the lines that rules may be for."""
    told = explain(capture, load_rulebook())
    return Draft(
        rules_path=project / "archive" / "rules" / "sites" / f"{host}.toml",
        rules=_rules(told, host),
        fixture_path=project / "tests" / "fixtures" / "rules" / f"{host}.toml",
        fixture=_fixture(told, host),
    )


def write(made: Draft) -> None:
    """Write both files. Raises RuleError, and writes neither, when one is there already."""
    for path in (made.rules_path, made.fixture_path):
        if path.exists():
            raise RuleError(f"{path} is there already; edit it, or give the site another --host")
        if not path.parent.is_dir():
            raise RuleError(f"{path.parent} is not there: new-site writes into a checkout of the project")
    made.rules_path.write_text(made.rules, encoding="utf-8")
    made.fixture_path.write_text(made.fixture, encoding="utf-8")


def host_of(source: str, given: str | None) -> str:
    """Return the host that the files are named after. Raises RuleError when nothing says it."""
    try:
        host = given or urlsplit(source).hostname
    except ValueError as error:
        raise RuleError(f"{source}: not an address ({error}); give the page's own") from error
    if not host or "/" in host or host.startswith("."):
        raise RuleError(f"{source}: a file doesn't say its site; give it with --host www.site.example")
    return host


def _rules(told: Explanation, host: str) -> str:
    home = _container(told)
    lines = [
        f"# Rules for {host}. Delete what the site doesn't need; docs/architecture.md lists every key.",
        "# Blocks that were judged chrome by features alone, as suggestions for rules (see `ingest.py explain`):",
        *(f"#   {text}" for text in _suggestions(told)),
        "",
        f'site = "{host}"',
        f'hosts = ["{host}"]',
        "signs = [] # words near the top or bottom of a text dump that tell this site",
        "",
        "[[rule]]",
        f'name = "{_rule_name(host)}"',
        'action = "drop"',
        "pattern = '''replace this with the line to drop'''",
        'why = "Say in one sentence what it is."',
    ]
    if home:
        lines += ["", "# [[body]]", '# name = "body-container"', f'# within = ["{home}"]', '# why = "…"']
    return "\n".join(lines) + "\n"


def _rule_name(host: str) -> str:
    return f"{host.replace('.', '-')}-example"


def _fixture(told: Explanation, host: str) -> str:
    kept = [story.block.text for story in told.stories if story.fate == "kept"][:3]
    return "\n".join(
        [
            f"# What the rules of {host} take and leave. Use invented text in the shape of the page's, not the page's own:",
            *(f"#   {line[:_LONGEST_SUGGESTED_CHARS]}" for line in kept),
            "# The suite fails until a human has checked every table and set this to true.",
            "confirmed = false",
            f'address = "http://{host}/1.html"',
            'body = ["今年以来,我镇把政务公开列入议事日程,年初有计划,年终有考核。"]',
            "",
            f"[{_rule_name(host)}]",
            'page = ["玉杵镇政务公开工作总结", "replace this with the line to drop", "{body}", "a look-alike that stays。"]',
            'dropped = ["replace this with the line to drop"]',
            'kept = ["a look-alike that stays。"]',
            "",
        ]
    )


def _container(told: Explanation) -> str:
    """Return the deepest named element around the kept text, as a selector; empty when there is none."""
    kept = [story.block for story in told.stories if story.fate == "kept" and story.block.path]
    if not kept:
        return ""
    shared = set(kept[0].elements).intersection(*(block.elements for block in kept[1:]))
    named = [
        step
        for element, step in zip(kept[0].elements, kept[0].path, strict=True)
        if element in shared and ("#" in step or "." in step) and not step.startswith(("html", "body"))
    ]
    return named[-1] if named else ""


def _suggestions(told: Explanation) -> list[str]:
    short = [
        story.block.text
        for story in told.stories
        if story.rule == "outside-text" and story.block.link_share == 0 and len(story.block.text) > 1
    ]
    return [text[:_LONGEST_SUGGESTED_CHARS] for text in short][:_MOST_SUGGESTIONS]
