"""What stays of a division's name without its rank: 桂影 of 桂影县, 阿坝 of 阿坝藏族羌族自治州. Pure."""

import re
from functools import cache
from importlib.resources import files

_RANK = re.compile(
    r"(?:壮族|回族|维吾尔)?自治区$|(?:自治州|自治县|自治旗|特别行政区|地区|林区|特区|省|市|县|区|旗|州|盟)$"
)
_PEOPLES = re.compile(
    r"(?:蒙古族?|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族?|傣族|黎族|傈僳族|佤族|畲族"
    r"|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜|土族|达斡尔族?|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯|普米族|塔吉克|怒族|裕固族"
    r"|独龙族|鄂伦春|各族|多民族|鄂温克族?)+$"
)
_SHORTEST = 2


@cache
def short_name(name: str) -> str:
    """Return a name without rank and peoples; empty where less than two characters stay (寿县)."""
    stem = _RANK.sub("", name)
    cut = _PEOPLES.sub("", stem)
    stem = cut if len(cut) >= _SHORTEST else stem
    return stem if stem != name and len(stem) >= _SHORTEST else ""


def is_same_name(written: str, official: str) -> bool:
    """Whether a report's form means the official one: 阿坝州 is 阿坝藏族羌族自治州."""
    short = short_name(written)
    return written == official or (
        bool(short) and written[-1] == official[-1] and short == short_name(official)
    )


@cache
def ordinary_words() -> frozenset[str]:
    """Return the short names that are ordinary words, from ordinary.txt."""
    text = files("archive.gazetteer").joinpath("ordinary.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def supporting_short_name(name: str) -> str:
    """Return the short name where it may stand for its place in running text; empty where it is an ordinary word."""
    short = short_name(name)
    return "" if short in ordinary_words() else short
