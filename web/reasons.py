"""Why a rule stripped something, told to readers in their language.

The rule itself, and its reason in English, stand in archive/rules/. A site's own rule may go without: then its
English reason is shown.
"""

from dataclasses import dataclass

from web.languages import Texts, current_language, msgid

REASONS = Texts(
    {
        "attachment-download": msgid("文库的下载提示"),
        "bare-timestamp": msgid("发布系统的时间戳；报告自己的日期不带钟点"),
        "body-container": msgid("网站放正文的区块"),
        "bookmark-prompt": msgid("粘在末行之后的收藏提示"),
        "breadcrumb": msgid("网页所在栏目的路径"),
        "breadcrumb-home": msgid("以首页开头的栏目路径"),
        "closing-blurb": msgid("转载网站加在文末的话"),
        "column-recommendation": msgid("“栏目名加推荐”之下的其他文章"),
        "compilation-blurb": msgid("合集首篇之前的话出自网站，不属于任何一篇"),
        "contact-line": msgid("网站客服的联系方式"),
        "disclaimer": msgid("网站关于版权和来源的声明"),
        "document-details": msgid("文库给文件列的页数、格式与大小"),
        "download-pitch": msgid("文库请人下载的话"),
        "editor-line": msgid("正文之后的编辑署名"),
        "font-size": msgid("字号切换按钮"),
        "footer": msgid("主办单位、备案号与服务链接"),
        "glued-contents": msgid("合集目录，各条粘成一行"),
        "hidden": msgid("网页样式隐藏的文字，读者本来看不到"),
        "hit-counter": msgid("点击次数"),
        "keeper": msgid("档案管理员手工剔除"),
        "leaked-markup": msgid("当作文字印出的网页代码"),
        "links": msgid("大半是链接的短句"),
        "metadata-lines": msgid("正文之上拆成各行的著录表，已另存为著录项"),
        "metadata-table": msgid("正文之上的著录表，已另存为著录项"),
        "month-archive": msgid("按月归档的篇数"),
        "outline-box": msgid("网站自制的提纲，重复正文标题，连被截去的部分也在内，已另存"),
        "outside-container": msgid("在网站放正文的区块之外"),
        "outside-text": msgid("在连贯正文的首尾之外"),
        "paywall-account": msgid("登录或开通会员的提示，已改记为缺字"),
        "paywall-locked": msgid("付费或登录提示，已改记为缺字"),
        "paywall-omission": msgid("文中省略提示，已改记为缺字"),
        "paywall-pages": msgid("文库的页数预览提示，已改记为缺字"),
        "paywall-preview": msgid("预览字数提示，已改记为缺字"),
        "paywall-total-first": msgid("全文与预览字数的提示，已改记为缺字"),
        "paywall-unfinished": msgid("文末未完提示，已改记为缺字"),
        "previous-next": msgid("上一篇、下一篇链接"),
        "publication-line": msgid("题名下的日期、来源与点击数，已另存为著录项"),
        "quick-search": msgid("网站的搜索框与推荐词"),
        "reader-comments": msgid("读者评论的标题"),
        "related-list": msgid("相关文章的标题与列表"),
        "scan-to-phone": msgid("手机扫码提示"),
        "share-targets": msgid("分享到各网络的链接"),
        "site-blurb": msgid("转载网站自己加的导语"),
        "site-category-hits": msgid("题名下的网站名、栏目与点击数"),
        "source-line": msgid("题名下的来源"),
        "tags": msgid("网站的关键词"),
        "title-repeat": msgid("重复的题名，只留一次"),
        "toolbar": msgid("收藏、打印、关闭、分享等按钮"),
        "watermark": msgid("插在句中的水印"),
        "you-may-like": msgid("“您可能还会喜欢”之类的推荐"),
    }
)
"""The reasons of the rules for all sites, by the rule's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A rule's reason and the language it is in: a site's own rule may have only its English one."""

    rule: str
    text: str
    language: str


def to_reason(rule: str, why: str) -> Reason:
    """Return a rule's reason in the reader's language, or the English `why` stored with what it dropped."""
    told = REASONS.get(rule)
    if told is None:
        return Reason(rule=rule, text=why, language="en")
    return Reason(rule=rule, text=told, language=current_language())
