"""What the index has to tell about a search, in the reader's language. Pure."""

from collections.abc import Mapping

from index.notes import Note, NoteCode
from web.languages import gettext, msgid

NOTES: Mapping[NoteCode, str] = {
    "query_too_long": msgid("检索式过长，只用前 %(limit)s 个字"),
    "too_many_words": msgid("检索词太多，只用前 %(limit)s 个"),
    "too_many_parts": msgid("检索式的词、运算符和括号太多，只用前 %(limit)s 个"),
    "too_many_fields": msgid("字段条件太多，只用前 %(limit)s 个"),
    "unpaired_parentheses": msgid("括号没有配对或层数过多，已忽略"),
    "empty_or": msgid("“OR”的一边没有内容，已忽略"),
    "empty_not": msgid("“NOT”后面没有内容，已忽略"),
    "empty_field": msgid("“%(text)s:”后面没有内容，已忽略"),
    "unknown_field": msgid("没有“%(text)s”这个字段，已当作普通文字检索"),
    "unknown_level": msgid("“%(text)s”无法识别（可用：省、市、县、乡镇、村），已忽略"),
    "unknown_script": msgid("“%(text)s”无法识别（可用：简体、繁体、混合），已忽略"),
    "not_a_year": msgid("“%(text)s”不是年份（例：年份:2015 或 年份:2015..2018），已忽略"),
    "open_quote": msgid("引号没有配对，已当作到末尾为止"),
    "empty_quote": msgid("引号里没有文字，已忽略"),
    "lone_punctuation": msgid("单独的标点“%(text)s”已忽略，要检索它请加引号"),
    "lone_minus": msgid("单独的“-”后面没有词，已忽略"),
    "partial": msgid("没有同时包含所有词的报告，以下报告包含其中一部分"),
    "other_wording": msgid("也检索了大陆用语“%(text)s”，所占权重减半；只要原词请加引号"),
}


def to_sentence(note: Note) -> str:
    """Return the sentence that a reader is told."""
    return gettext(NOTES[note.code], text=note.text, limit=note.limit)
