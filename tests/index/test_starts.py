"""Where a phrase may start: every way of looking finds what plain loops find."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import starts
from index.starts import Runs, Step, all_documents, all_starts

LETTERS = "甲乙丙"

texts = st.lists(st.text(LETTERS, min_size=2, max_size=60), min_size=1, max_size=30)
phrases = st.text(LETTERS, min_size=3, max_size=6)


def _steps(phrase: str) -> list[Step]:
    return [Step(gram=phrase[at : at + 2], offset=at) for at in range(len(phrase) - 1)]


def _places(text: str, wanted: str) -> list[int]:
    return [at for at in range(len(text)) if text.startswith(wanted, at)]


def _runs(held: Sequence[str], gram: str) -> Runs:
    """The gram's places after those in a text that is none of `held`, so that runs lie apart."""
    positions, begins, ends = [7, 9], [], []
    for text in held:
        begins.append(len(positions))
        positions += _places(text, gram)
        ends.append(len(positions))
        positions.append(3)
    return Runs(np.array(positions, np.uint16), np.array(begins), np.array(ends))


@pytest.mark.parametrize(
    "ways",
    [
        {"FEW_STARTS": 1 << 30},
        {"FEW_STARTS": 0, "HALVED": 1 << 30, "MARKED": 1},
        {"FEW_STARTS": 0, "HALVED": 1 << 30, "MARKED": 200},
        {"MANY_DOCUMENTS": 0, "TRIED": 1, "FEW_STARTS": 0, "HALVED": 1 << 30},
        {"MANY_DOCUMENTS": 0, "TRIED": 3, "FEW_STARTS": 1 << 30},
    ],
    ids=["one by one", "marked singly", "marked together", "first places, then marked", "first places"],
)
def test_a_phrase_is_found_where_plain_loops_find_it(
    ways: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in ways.items():
        monkeypatch.setattr(starts, name, value)

    @given(texts, phrases)
    def is_found(written: list[str], phrase: str) -> None:
        steps = _steps(phrase)
        numbers = [number for number, text in enumerate(written) if all(step.gram in text for step in steps)]
        if not numbers:
            return
        held = [written[number] for number in numbers]
        grams = {step.gram: _runs(held, step.gram) for step in steps}
        documents = np.array(numbers)
        right = [number for number in numbers if phrase in written[number]]
        found = all_starts(steps, grams, documents)
        assert found.documents.tolist() == right
        assert found.starts.tolist() == [at for number in right for at in _places(written[number], phrase)]
        assert found.sizes.tolist() == [len(_places(written[number], phrase)) for number in right]
        assert all_documents(steps, grams, documents).tolist() == right

    is_found()
