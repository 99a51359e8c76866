"""Inputs for the fuzz run: bytes, glued chrome, repeated pieces, made HTML, mutated samples. Input N of a seed never changes."""

import random
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

Kind = Callable[[random.Random], bytes]

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "pages"
PIECES = (
    "我镇公开信息三十条,群众满意。 返回顶部 打印 分享 相关文章 上一篇: 来源: 2012-1-1 10:20 首页 > 版权所有 篇一 篇二 優秀15篇 （未完，全文共9字，"
    "当前仅显示8字 仅展示1字,全文共2字 【第1篇】 (22) 務(wù) 索引号 | 文号 ____ 依法_方略 …… < > & &#x4e2d; &#0; \x00 \ufffd \u3000 \n \t "
    "<p> </p> <div> </div> <td> <tr> <table> </table> <a href=x> </a> <br> <h1> <script> </script> <!-- --> <![CDATA[ ]]> <title> "
    "<meta charset=gb2312> <meta name=PubDate content=x> <html> <!DOCTYPE html> <body hidden> <span style='display:none'> <iframe> <frameset>"
).split(" ")
SENTENCES = (
    "2018年,桂影县玉杵镇主动公开政府信息1,203条,其中机构职能类3条,政策法规类10条。",
    "全年受理依申请公开93件,同意公开3件,不予公开10件,信息不存在77件,其他3件。",
    "没有因政府信息公开被申请行政复议、提起行政诉讼的情况。",
    "根据《中华人民共和国政府信息公开条例》(以下简称《条例》)和国办发〔2017〕24号文件要求,现报告如下:",
    "xx市教育局认真贯彻县委县政府xx年工作部署,×××同志任组长。",
    "一、概述",
    "(二)存在的问题和改进措施",
    "一是加强领导,健全制度;二是突出重点,深化内容;",
    "望舒市銀闕區廣寒街道辦事處二〇一九年一月二十日",
    "截至12月31日,累计培训5次、320人次,收费0元。",
    "党的十九大以来,我局通过门户网站、微信公众号发布信息%占98.5%。",
)
ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16", "utf-16-le", "utf-8-sig", "utf-32")
_TAGS = "div p span td tr table tbody ul li a b font h1 h2 h3 section article form select option pre center br hr img input".split()
_SILENT = "script style textarea title noscript iframe template svg xmp plaintext".split()
_ATTRIBUTES = (
    "",
    "",
    "",
    " class='a b nav'",
    " id=zoom",
    " class=TRS_Editor",
    " hidden",
    " style='display:none'",
    ' style="font-size:0',
    " href='/1.html'",
    " colspan=99999999999 rowspan=-1",
    " class=" + "x" * 500,
    " a b c d e=1 a=2",
)
_LONGEST_WINDOW_BYTES = 6000
_DEEPEST = 12
_SLOT_BYTES = 300


def make_input(seed: int, number: int, kinds: Mapping[Kind, int] | None = None) -> tuple[bytes, str]:
    """Return input `number` of a seed, always the same: bytes and media type."""
    chance = random.Random(f"{seed}-{number}")
    kinds = kinds or KINDS
    media_type = chance.choice(("text/html", "text/html", "text/plain"))
    (kind,) = chance.choices(tuple(kinds), weights=tuple(kinds.values()))
    return kind(chance), media_type


def _bytes(chance: random.Random) -> bytes:
    return chance.randbytes(chance.randrange(1, 2000))


def _characters(chance: random.Random) -> bytes:
    """Make text of any characters there are: marks, joiners, private use, planes that few fonts know."""
    ends = chance.choice((0x80, 0x3000, 0x10000, 0x110000))
    codes = (chance.randrange(ends) for _ in range(chance.randrange(1, 600)))
    text = "".join(chr(code) for code in codes if not 0xD800 <= code < 0xE000)
    return "".join((text, *chance.choices(SENTENCES, k=3), text[::-1])).encode("utf-8")


def _glued(chance: random.Random) -> bytes:
    text = "".join(chance.choices((*PIECES, *SENTENCES), k=chance.randrange(1, 200)))
    return _encoded(text, chance)


def _repeated(chance: random.Random) -> bytes:
    text = "".join(piece * chance.randrange(1, 1000) for piece in chance.choices(PIECES, k=4))
    return text.encode("utf-8")


def _encoded(text: str, chance: random.Random) -> bytes:
    body = text.encode(chance.choice(ENCODINGS), errors="replace")
    return (
        body[chance.randrange(3) :] if chance.random() < 0.1 else body
    )  # a mark or a half of a character is lost


def _grown(chance: random.Random) -> bytes:
    """Make a document from a small grammar of HTML, every production of which may go wrong."""
    head = f"<head><title>{_words(chance)}</title><meta name=ArticleTitle content='{_words(chance)}'></head>"
    body = "".join(_element(chance, depth=0) for _ in range(chance.randrange(1, 12)))
    doctype = chance.choice(("<!DOCTYPE html>", "", "<?xml version='1.0'?>", "<!-- 注 -->", "\ufeff"))
    return _encoded(f"{doctype}<html>{head if chance.random() < 0.5 else ''}<body>{body}", chance)


def _element(chance: random.Random, depth: int) -> str:
    at = chance.random()
    if depth >= _DEEPEST or at < 0.35:
        return _words(chance)
    if at < 0.42:
        return f"<{(tag := chance.choice(_SILENT))}{chance.choice(_ATTRIBUTES)}>{_words(chance)}</{tag}>"
    if at < 0.5:
        return _table(chance)
    tag = chance.choice(_TAGS)
    inside = "".join(_element(chance, depth + 1) for _ in range(chance.randrange(4)))
    close = "" if chance.random() < 0.1 else f"</{tag if chance.random() > 0.05 else chance.choice(_TAGS)}>"
    return f"<{tag}{chance.choice(_ATTRIBUTES)}>{inside}{close}"


def _table(chance: random.Random) -> str:
    width = chance.randrange(1, 9)
    rows = (
        "".join(f"<td{chance.choice(_ATTRIBUTES)}>{_cell(chance)}" for _ in range(width))
        for _ in range(chance.randrange(6))
    )
    return "<table>" + "".join(f"<tr>{row}" for row in rows) + "</table>"


def _cell(chance: random.Random) -> str:
    return chance.choice(
        (
            str(chance.randrange(10**6)),
            "",
            "一、本年度新收政府信息公开申请数量",
            "0",
            "自然人",
            _words(chance),
        )
    )


def _words(chance: random.Random) -> str:
    return "".join(chance.choices((*SENTENCES, *PIECES), weights=_WEIGHTS, k=chance.randrange(1, 4)))


_WEIGHTS = (6,) * len(SENTENCES) + (1,) * len(PIECES)


def _mutated(chance: random.Random) -> bytes:
    """Cut a window out of a sample and change it: bytes, pieces, swapped and doubled stretches, flipped bits."""
    sample = chance.choice(_samples())
    first = chance.randrange(max(1, len(sample) - 500)) if chance.random() < 0.7 else 0
    body = bytearray(sample[first : first + chance.randrange(200, _LONGEST_WINDOW_BYTES)])
    for _ in range(chance.randrange(1, 20)):
        at = chance.randrange(len(body) + 1)
        other = chance.randrange(len(body) + 1)
        body[at : at + chance.randrange(0, 100)] = chance.choice(
            (
                b"",
                chance.randbytes(3),
                chance.choice(PIECES).encode("utf-8"),
                bytes(body[other : other + chance.randrange(_SLOT_BYTES)]),
                bytes(byte ^ (1 << chance.randrange(8)) for byte in body[at : at + 2]),
            )
        )
    return bytes(body)


@cache
def _samples() -> tuple[bytes, ...]:
    paths = sorted(path for path in SAMPLES.rglob("*") if path.suffix in {".htm", ".html", ".txt"})
    return tuple(path.read_bytes() for path in paths)


KINDS: dict[Kind, int] = {
    _bytes: 1,
    _characters: 2,
    _glued: 5,
    _repeated: 1,
    _grown: 6,
    _mutated: 6,
}
"""How often each kind of input is made."""
