"""What each address of the API gives, in the reader's language, for the page of docs; openapi.json says it in English."""

from web.languages import Texts, msgid

OPERATION_TITLES = Texts(
    {
        "api.search": msgid("检索：一页结果，附准确的总数和各项筛选的计数"),
        "api.report": msgid("一份报告的全部内容：最新一版，或 version 指定的一版"),
        "record_api.versions": msgid("一份报告的各版，以及最新一版的各次收存"),
        "record_api.text": msgid("一版的文字，SHA-256 就是它的摘要值，永不更改"),
        "record_api.compilation": msgid("一个收有多份报告的网页，连同其中每一份"),
        "record_api.compare": msgid("两份报告共有的文字，逐段对照"),
        "citing.resolve_one": msgid("编号、地址、题名、文号或一段引文所指的存本"),
        "suggestions.answer": msgid("按已输入的汉字或拼音给出的检索建议，至多十条"),
        "overview_api.place": msgid("一地收有什么，所辖各地缺什么，以及历年数据"),
        "overview_api.bureau": msgid("一个部门门类收有什么"),
        "overview_api.site": msgid("一个来源网站收有什么"),
        "overview_api.year": msgid("一年收有什么，各省有几个县区有报告"),
        "taking_out.table": msgid("一次检索的全部结果，按顺序列成表"),
        "taking_out.lines": msgid("一次检索的全部结果，每行一份完整报告（JSON）"),
        "taking_out.bibliography": msgid("一次检索的全部结果，作为参考文献"),
        "feeds.feed": msgid("一次检索中最后收入档案的报告，供 Atom 订阅"),
        "api.health": msgid("档案和索引能否读取，索引是否跟上"),
    }
)
"""By endpoint."""
