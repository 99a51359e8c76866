"""What the indicators are called, for readers. Their rules, with the same 简体中文 names, stand in archive/describe/."""

from collections.abc import Mapping

from web.languages import Texts, msgid

INDICATORS: Mapping[str, str] = Texts(
    {
        "accountability_cases": msgid("责任追究"),
        "leaks": msgid("泄密事件"),
        "complaints": msgid("投诉举报"),
        "paper_transfers": msgid("移送纸质信息"),
        "requests_received": msgid("收到申请"),
        "requests_carried_in": msgid("上年结转的申请"),
        "requests_granted": msgid("予以公开"),
        "requests_partly_granted": msgid("部分公开"),
        "requests_refused": msgid("不予公开"),
        "requests_unable": msgid("无法提供"),
        "requests_not_processed": msgid("不予处理"),
        "requests_otherwise": msgid("其他处理"),
        "requests_settled": msgid("办理结果总计"),
        "requests_carried_out": msgid("结转下年度的申请"),
        "rules": msgid("规章"),
        "normative_documents": msgid("规范性文件"),
        "licences": msgid("行政许可"),
        "services": msgid("其他对外管理服务事项"),
        "penalties": msgid("行政处罚"),
        "compulsions": msgid("行政强制"),
        "administrative_fees": msgid("行政事业性收费"),
        "procurements": msgid("政府集中采购"),
        "reconsiderations": msgid("行政复议"),
        "litigations_direct": msgid("未经复议直接起诉"),
        "litigations_after_reconsideration": msgid("复议后起诉"),
        "weight": msgid("考核权重"),
        "share": msgid("占比"),
        "rate": msgid("比率"),
        "requests_carried_over": msgid("结转的申请"),
        "litigations": msgid("行政诉讼"),
        "appeals": msgid("申诉"),
        "challenge_results": msgid("复议诉讼结果"),
        "proposals_filed": msgid("提案立案"),
        "proposals_settled": msgid("建议提案落实"),
        "proposals": msgid("建议提案"),
        "handling_bodies": msgid("承办单位"),
        "requests_already_public": msgid("已主动公开而告知"),
        "requests_answered": msgid("答复申请"),
        "requests_withdrawn": msgid("申请撤回"),
        "fees_waived": msgid("减免费用"),
        "fees_charged": msgid("收取费用"),
        "funding": msgid("投入经费"),
        "training_sessions": msgid("培训"),
        "training_persons": msgid("培训人次"),
        "interpretations": msgid("政策解读"),
        "responses": msgid("回应关切"),
        "events": msgid("发布会和活动"),
        "meetings": msgid("会议"),
        "outreach_persons": msgid("宣传人次"),
        "letters": msgid("群众来信来电"),
        "visits": msgid("访问量"),
        "staff": msgid("工作人员"),
        "mechanisms": msgid("制度机制"),
        "publications": msgid("宣传资料"),
        "subdivisions": msgid("下辖单位"),
        "facilities": msgid("公开载体"),
        "disclosed": msgid("主动公开信息"),
    }
)


def indicator_name(name: str) -> str:
    """Name an indicator in the reader's language; one that this program doesn't know keeps its code."""
    return INDICATORS.get(name) or name
