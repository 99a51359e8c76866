"""Ids with one slip of the pen: a wrong, missing, doubled or swapped character. Pure."""

import re

from archive.ids import CROCKFORD, ID_CHARS

_TYPED = re.compile(rf"[0-9A-Za-z][0-9A-Za-z -]{{{ID_CHARS - 2},{ID_CHARS + 6}}}")
_MISREAD = str.maketrans("ilo", "110")


def neighbours(text: str) -> tuple[str, ...]:
    """Return every id within one slip of `text`, none for what is far from being one.

    Of 2 to the power of 60 ids a million are held, so that a wrong neighbour is held with a chance of 1 in a
    billion: one that is held is the one that was meant.
    """
    if not _TYPED.fullmatch(text.strip()):
        return ()
    typed = re.sub(r"[ -]", "", text.strip().lower()).translate(_MISREAD)
    if not any(character.isdigit() for character in typed) and len(typed) != ID_CHARS:
        return ()
    found: dict[str, None] = {}
    pieces = [(typed[:at], typed[at:]) for at in range(len(typed) + 1)]
    for before, after in pieces:
        found.update(dict.fromkeys(_edits(before, after)))
    return tuple(one for one in found if len(one) == ID_CHARS and set(one) <= set(CROCKFORD))


def _edits(before: str, after: str) -> list[str]:
    edits = [f"{before}{one}{after}" for one in CROCKFORD]
    if after:
        edits.append(before + after[1:])
        edits += [f"{before}{one}{after[1:]}" for one in CROCKFORD]
    if len(after) > 1:
        edits.append(f"{before}{after[1]}{after[0]}{after[2:]}")
    return edits
