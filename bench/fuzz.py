"""Throw inputs at the reader without end: `python -m bench.fuzz [--inputs N] [--seed S] [--jobs J]`.

Each input is bytes, glued chrome, broken markup or a mutated sample. Each must end in reports or in a CaptureError,
within LIMIT_SECONDS. For a million inputs: `--inputs 1000000 --jobs 4`.
A failing input is written to fuzz-SEED-NUMBER.bin with the command that repeats it; the status is then 1.
"""

import argparse
import random
import sys
import traceback
from collections.abc import Iterator
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from time import perf_counter

from archive.errors import CaptureError
from archive.model import Capture
from archive.pipeline import reports_of
from bench.pages import NEVER

LIMIT_SECONDS = 5.0
SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "pages"
PIECES = (
    "我镇公开信息三十条,群众满意。 返回顶部 打印 分享 相关文章 上一篇: 来源: 2012-1-1 10:20 首页 > 版权所有 篇一 篇二 優秀15篇 （未完，全文共9字，"
    "当前仅显示8字 仅展示1字,全文共2字 【第1篇】 (22) 務(wù) 索引号 | 文号 ____ 依法_方略 …… < > & &#x4e2d; &#0; \x00 \ufffd \u3000 \n \t "
    "<p> </p> <div> </div> <td> <tr> <table> </table> <a href=x> </a> <br> <h1> <script> </script> <!-- --> <![CDATA[ ]]> <title> "
    "<meta charset=gb2312> <meta name=PubDate content=x> <html> <!DOCTYPE html> <body hidden> <span style='display:none'> <iframe> <frameset>"
).split(" ")
ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16", "utf-8-sig")


def make_input(seed: int, number: int) -> tuple[bytes, str]:
    """Return input `number` of a seed, always the same: bytes and media type."""
    chance = random.Random(f"{seed}-{number}")
    kind = chance.randrange(4)
    media_type = chance.choice(("text/html", "text/plain"))
    if kind == 0:
        return chance.randbytes(chance.randrange(1, 2000)), media_type
    if kind == 1:
        text = "".join(chance.choices(PIECES, k=chance.randrange(1, 400)))
        return text.encode(chance.choice(ENCODINGS), errors="replace"), media_type
    if kind == 2:
        text = "".join(piece * chance.randrange(1, 2000) for piece in chance.choices(PIECES, k=4))
        return text.encode("utf-8"), media_type
    return _mutated(chance), media_type


def _mutated(chance: random.Random) -> bytes:
    body = bytearray(chance.choice(_samples()).read_bytes())
    for _ in range(chance.randrange(1, 30)):
        at = chance.randrange(len(body) + 1)
        body[at : at + chance.randrange(0, 200)] = chance.choice(
            (
                b"",
                chance.randbytes(3),
                chance.choice(PIECES).encode("utf-8"),
                bytes(body[: chance.randrange(300)]),
            )
        )
    return bytes(body)


def _samples() -> list[Path]:
    return sorted(path for path in SAMPLES.rglob("*") if path.suffix in {".htm", ".html", ".txt"})


def attempt(number: int, seed: int) -> tuple[int, str]:
    """Read one input; return its number and what is wrong, nothing when all is well."""
    body, media_type = make_input(seed, number)
    capture = Capture(body=body, captured_at=NEVER, media_type=media_type, origin=f"input {number}")
    begun = perf_counter()
    try:
        reports_of(capture)
    except CaptureError as error:
        if "\n" in str(error):
            return number, f"a refusal of several lines: {error!r}"
    except Exception:
        return number, traceback.format_exc()
    spent = perf_counter() - begun
    return number, f"took {spent:.1f} s" if spent > LIMIT_SECONDS else ""


def failures(inputs: int, seed: int, jobs: int) -> Iterator[tuple[int, str]]:
    with Pool(jobs) as pool:
        for number, fault in pool.imap_unordered(partial(attempt, seed=seed), range(inputs), chunksize=64):
            if fault:
                yield number, fault


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    count = 0
    for number, fault in failures(arguments.inputs, arguments.seed, arguments.jobs):
        count += 1
        path = Path(f"fuzz-{arguments.seed}-{number}.bin")
        path.write_bytes(make_input(arguments.seed, number)[0])
        print(f"input {number} of seed {arguments.seed}, written to {path}: {fault}", file=sys.stderr)
    print(f"{arguments.inputs} inputs of seed {arguments.seed}, {count} failures")
    sys.exit(1 if count else 0)


if __name__ == "__main__":
    main()
