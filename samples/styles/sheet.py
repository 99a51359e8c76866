"""What a style gets (a sheet) and what it says beside the text (chrome)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from samples.script import Voice
from samples.text import Part

# Every style understands these; see samples/README.md.
COMMON_OPTIONS = frozenset(
    [
        "style",
        "file",
        "address",
        "captured_at",
        "site",
        "site_name",
        "encoding",
        "declared",
        "warc",
        "http_charset",
        "column",
        "published",
        "source",
        "views",
        "related",
        "indent",
        "repeat_title_after",
        "traditional",
        "converted",
        "pinyin",
    ]
)


@dataclass(slots=True)
class Chrome:
    """Says a page's boilerplate in the page's script, and notes each line as one that must not come out.

    Wording is written without & and <, so it needs no escaping.
    """

    voice: Voice
    lines: list[str] = field(default_factory=list)

    def __call__(self, line: str) -> str:
        """Say one line."""
        spoken = self.voice(line)
        if spoken.strip() and spoken.strip() not in self.lines:
            self.lines.append(spoken.strip())
        return spoken

    def links(self, words: list[str], separator: str) -> str:
        """Say words as links in one line."""
        self(separator.join(words))
        return self.voice(separator).join(f'<a href="#">{self.voice(word)}</a>' for word in words)

    def items(self, words: list[str], tag: str = "li") -> str:
        """Say words as links, each in an element of its own."""
        return "\n".join(f'<{tag}><a href="#">{self(word)}</a></{tag}>' for word in words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page to be dressed: the text in its final script, the options, the site's wording."""

    title: str
    parts: tuple[Part, ...]
    options: dict[str, Any]
    site: dict[str, Any]
    say: Chrome

    @property
    def part(self) -> Part:
        """The text of a page that holds one report."""
        return self.parts[0]

    def wording(self, key: str, **values: object) -> str:
        """Return one of the site's phrases with its blanks filled."""
        return str(self.site[key]).format(**{**self.site, **values})

    def words(self, key: str) -> list[str]:
        """Return a list of the site's phrases: the page's own option of that name, else the site's."""
        phrases: list[str] = self.options.get(key) or self.site.get(key, [])
        return [phrase.format(**self.site) for phrase in phrases]


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A site style: how it dresses a sheet, and which options of its own it understands."""

    name: str
    dress: Callable[[Sheet], str]
    media_type: str = "text/html"
    options: frozenset[str] = frozenset()
    is_compilation: bool = False
