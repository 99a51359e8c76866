"""Why a rule stripped something, told to readers in 简体中文."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A rule's reason and the language it is in: a site's own rule may have only its English one."""

    rule: str
    text: str
    language: str


@cache
def translated_reasons() -> Mapping[str, str]:
    """Read the reasons in Chinese, by the rule's name."""
    text = files("web").joinpath("translations", "zh-Hans.toml").read_text(encoding="utf-8")
    reasons: dict[str, str] = tomllib.loads(text)["rules"]
    return reasons


def to_reason(rule: str, why: str) -> Reason:
    """Return a rule's reason in Chinese, or the English `why` stored with what it dropped."""
    translated = translated_reasons().get(rule)
    if translated is None:
        return Reason(rule=rule, text=why, language="en")
    return Reason(rule=rule, text=translated, language="zh-Hans")
