import numpy as np
import pytest

from index import quotations
from index.quotations import Quotations
from index.sets import Documents


def found(kept: Quotations, key: str, size: int) -> bool:
    """Whether a key had to be found again, in `size` documents."""
    asked: list[str] = []

    def find() -> Documents:
        asked.append(key)
        return np.arange(size)

    assert len(kept.found(key, find)) == size
    return bool(asked)


def test_what_was_found_is_kept_until_it_is_forgotten() -> None:
    kept = Quotations()
    assert found(kept, "公开", 3)
    assert not found(kept, "公开", 3)
    kept.forget()
    assert found(kept, "公开", 3)


def test_nothing_found_is_kept_too() -> None:
    kept = Quotations()
    assert found(kept, "沧溟", 0)
    assert not found(kept, "沧溟", 0)


def test_what_was_asked_for_longest_ago_is_left_out_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quotations, "KEPT_DOCUMENTS", 10)
    kept = Quotations()
    assert found(kept, "甲", 3)
    assert found(kept, "乙", 3)
    assert not found(kept, "甲", 3)
    assert found(kept, "丙", 3)
    assert not found(kept, "甲", 3)
    assert found(kept, "乙", 3)


def test_what_would_fill_half_is_found_again_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quotations, "KEPT_DOCUMENTS", 10)
    kept = Quotations()
    assert found(kept, "甲", 6)
    assert found(kept, "甲", 6)
