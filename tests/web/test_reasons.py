from archive.rulebook import load_rulebook
from web.reasons import to_reason, translated_reasons


def test_every_rule_for_all_sites_has_its_reason_in_chinese() -> None:
    names = {rule.name for rule in load_rulebook().every_site.rules}
    missing = names - set(translated_reasons())
    assert not missing, f"add to web/translations/zh-Hans.toml: {sorted(missing)}"


def test_a_sites_own_rule_is_told_in_its_own_words() -> None:
    reason = to_reason("a-rule-of-one-site", "Its banner.")
    assert (reason.text, reason.language) == ("Its banner.", "en")
