from archive.rulebook import load_rulebook
from web.reasons import REASONS, to_reason


def test_every_rule_for_all_sites_has_its_reason_in_chinese() -> None:
    names = {rule.name for rule in load_rulebook().every_site.rules}
    missing = names - set(REASONS)
    assert not missing, f"add to web/reasons.py: {sorted(missing)}"


def test_a_sites_own_rule_is_told_in_its_own_words() -> None:
    reason = to_reason("a-rule-of-one-site", "Its banner.")
    assert (reason.text, reason.language) == ("Its banner.", "en")
