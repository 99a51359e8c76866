import pytest

from index.field_text import field_form, field_test
from index.tree import Field, TextField


@pytest.mark.parametrize(
    ("name", "text", "typed"),
    [
        ("number", "桂政发〔2018〕3号", "桂政发[2018]3号"),
        ("number", "桂政发〔2018〕3号", "桂政發【２０１８】3號"),
        ("number", "桂政发（2018） 3号", "〔2018〕3"),
        ("place", "沧溟省 望舒市 桂影县", "望舒市桂影县"),
        ("place", "沧溟省 望舒市 桂影县", "沧溟省桂影县"),
        ("title", "桂影县  年度報告", "年度报告"),
        ("title", "桂影县\u3000年度报告", "桂影县 年度"),
        ("title", "桂影县年度工作报告", "桂影县报告"),
    ],
)
def test_a_field_is_met_in_any_script_width_and_bracket(name: TextField, text: str, typed: str) -> None:
    assert field_test(Field(name=name, text=typed))(field_form(name, text))


def test_an_exact_condition_is_not_met_by_the_words_alone() -> None:
    text = field_form("title", "桂影县年度工作报告")
    assert not field_test(Field(name="title", text="桂影县报告", exact=True))(text)
    assert field_test(Field(name="title", text="年度工作", exact=True))(text)


def test_marks_without_words_are_met_by_themselves_only() -> None:
    assert not field_test(Field(name="title", text="〔"))("桂影县")
