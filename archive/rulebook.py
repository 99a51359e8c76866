"""Boilerplate rules, read from the TOML files in `rules/`: one for every site, one for each site."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from archive.errors import RuleError
from archive.hanzi import match_form
from archive.model import Block, Page

Action = Literal["drop", "list", "outline", "fields", "cut", "gap"]
Zone = Literal["any", "head", "tail"]

_WHOLE_BLOCK: tuple[Action, ...] = ("drop", "list", "outline", "fields")
_RULE_KEYS = {
    "name",
    "action",
    "zone",
    "pattern",
    "words",
    "until",
    "within",
    "max_chars",
    "extra",
    "ends",
    "why",
}
_BODY_KEYS = {"name", "within", "why"}
_FILE_KEYS = {"site", "hosts", "signs", "rule", "body"}
_DEFAULT_MAX_CHARS = 120
_NAME_IN_A_DUMP_BLOCKS = 12  # a dump names its site in the first or last few lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """One compound selector, `tag#id.class`, any part of which may be missing."""

    tag: str
    identity: str
    classes: frozenset[str]

    @classmethod
    def parse(cls, text: str) -> "Selector":
        """Read `div#zoom.text`; raises ValueError for anything else."""
        match = re.fullmatch(r"([a-z0-9]*)(?:#([^.#\s]+))?((?:\.[^.#\s]+)*)", text)
        if match is None or not text:
            raise ValueError(f"{text!r} is not of the form tag#id.class")
        return cls(
            tag=match[1], identity=match[2] or "", classes=frozenset(filter(None, match[3].split(".")))
        )

    def matches(self, step: str) -> bool:
        """Whether one step of a block's path (`tag#id.class`) fits."""
        head, *classes = step.split(".")
        tag, _, identity = head.partition("#")
        return (
            (not self.tag or self.tag == tag)
            and (not self.identity or self.identity == identity)
            and self.classes <= frozenset(classes)
        )


@dataclass(
    frozen=True, slots=True, kw_only=True, eq=False
)  # each is itself only: sets of them are looked up fast
class Rule:
    """One boilerplate rule; `why` is shown to readers beside what it dropped."""

    name: str
    action: Action
    why: str
    zone: Zone = "any"
    pattern: re.Pattern[str] | None = None
    until: re.Pattern[str] | None = None
    within: tuple[Selector, ...] = ()
    max_chars: int = _DEFAULT_MAX_CHARS
    extra: bool = False
    ends: bool = False
    words: tuple[str, ...] = ()  # of a gap or cut: every match holds one; a text without them is not searched

    def may_be_in(self, form: str) -> bool:
        """Whether a text can hold a match, by the words that every match has."""
        return not self.words or any(word in form for word in self.words)

    def match_block(self, block: Block) -> re.Match[str] | None:
        """Return the match when the rule takes the whole block; patterns see simplified, half-width text."""
        if self.within and not _is_within(block, self.within):
            return None
        if len(block.text) > self.max_chars and not self.within:
            return None
        pattern = self.pattern or _ANYTHING
        return pattern.fullmatch(match_form(block.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRules:
    """The rules for one site, or for every site when `hosts` and `signs` are empty."""

    site: str
    rules: tuple[Rule, ...]
    body: tuple[Selector, ...] = ()
    hosts: frozenset[str] = frozenset()
    signs: tuple[str, ...] = ()

    def applies_to(self, page: Page) -> bool:
        """Whether the page is of this site: by its address, else by a sign near its top or bottom."""
        host = urlsplit(page.source_url or "").hostname
        if host is not None:
            return host in self.hosts
        ends = (*page.blocks[:_NAME_IN_A_DUMP_BLOCKS], *page.blocks[-_NAME_IN_A_DUMP_BLOCKS:])
        return any(sign in block.text for sign in self.signs for block in ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBook:
    """All rules, as loaded."""

    every_site: SiteRules
    sites: tuple[SiteRules, ...]

    def rules_for(self, page: Page) -> tuple[SiteRules, ...]:
        """Return the rule sets that apply to a page, its own site's first."""
        return (*(site for site in self.sites if site.applies_to(page)), self.every_site)


_ANYTHING = re.compile(r".*", re.DOTALL)


def _is_within(block: Block, selectors: tuple[Selector, ...]) -> bool:
    return any(selector.matches(step) for selector in selectors for step in block.path)


@cache
def load_rulebook() -> RuleBook:
    """Load the rules that ship with the archive. Raises RuleError naming file, rule and field."""
    folder = files("archive").joinpath("rules")
    sites = sorted(folder.joinpath("sites").iterdir(), key=lambda entry: entry.name)
    return RuleBook(
        every_site=read_rules(folder.joinpath("every-site.toml")),
        sites=tuple(read_rules(entry) for entry in sites if entry.name.endswith(".toml")),
    )


def read_rules(source: Traversable) -> SiteRules:
    """Read one rule file. Raises RuleError naming file, rule and field."""
    try:
        data = tomllib.loads(source.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RuleError(f"{source.name}: not valid TOML: {error}") from error
    _reject_unknown(data, _FILE_KEYS, source.name, "the file")
    bodies = data.get("body", [])
    for body in bodies:
        _reject_unknown(body, _BODY_KEYS, source.name, str(body.get("name")))
    return SiteRules(
        site=data.get("site", ""),
        hosts=frozenset(data.get("hosts", ())),
        signs=tuple(data.get("signs", ())),
        rules=tuple(_read_rule(entry, source.name) for entry in data.get("rule", [])),
        body=tuple(_selector(text, source.name, "body") for body in bodies for text in body["within"]),
    )


def _read_rule(entry: dict[str, Any], file: str) -> Rule:
    name = str(entry.get("name", "a rule without a name"))
    _reject_unknown(entry, _RULE_KEYS, file, name)
    for key in ("name", "action", "why"):
        if not entry.get(key):
            raise RuleError(f"{file}: {name}: '{key}' is missing; every rule has a name, an action and a why")
    if entry["action"] not in get_args(Action):
        raise RuleError(
            f"{file}: {name}: action is {entry['action']!r}, not one of {', '.join(get_args(Action))}"
        )
    if not entry.get("pattern") and not (entry.get("within") and entry["action"] in _WHOLE_BLOCK):
        raise RuleError(f"{file}: {name}: a rule needs a 'pattern', or 'within' to drop whole blocks")
    return Rule(
        name=name,
        action=entry["action"],
        why=entry["why"],
        zone=entry.get("zone", "any"),
        pattern=_pattern(entry, "pattern", file, name),
        until=_pattern(entry, "until", file, name),
        within=tuple(_selector(text, file, name) for text in entry.get("within", ())),
        max_chars=entry.get("max_chars", _DEFAULT_MAX_CHARS),
        extra=entry.get("extra", False),
        words=tuple(entry.get("words", ())),
        ends=entry.get("ends", False),
    )


def _reject_unknown(entry: dict[str, Any], known: set[str], file: str, name: str) -> None:
    unknown = sorted(set(entry) - known)
    if unknown:
        raise RuleError(f"{file}: {name}: unknown key {unknown[0]!r}; known are {', '.join(sorted(known))}")


def _pattern(entry: dict[str, Any], key: str, file: str, name: str) -> re.Pattern[str] | None:
    if key not in entry:
        return None
    try:
        return re.compile(entry[key])
    except re.error as error:
        raise RuleError(f"{file}: {name}: '{key}' is not a regular expression: {error}") from error


def _selector(text: str, file: str, name: str) -> Selector:
    try:
        return Selector.parse(text)
    except ValueError as error:
        raise RuleError(f"{file}: {name}: 'within' {error}") from error
