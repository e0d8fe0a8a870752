"""A rule that is tried decides exactly as it will once it is saved, without the others being compiled anew."""

from hypothesis import given, settings
from hypothesis import strategies as st

from inbox.model.workspace import Rule, Workspace
from inbox.routing.facts import Facts
from inbox.routing.patterns import Hits
from inbox.routing.rules import Rules
from tests.unit.test_rule_engine import AREAS, FACTS, RULES, THENS, WHENS, learned


def rules_of(rules: tuple[Rule, ...]) -> Rules:
    return Rules.compile(Workspace(areas=AREAS, rules=rules), lambda _name, _at: True)


TRIED = st.builds(Rule, st.just("tried"), WHENS, THENS)
PLACES = st.tuples(st.integers(0, 9), st.booleans())
SURE = st.sampled_from([None, "Baggage"])


@settings(max_examples=400, deadline=None)
@given(RULES, TRIED, FACTS, PLACES, SURE)
def test_a_tried_rule_decides_as_it_will_when_saved(
    rules: tuple[Rule, ...], tried: Rule, mention: Facts, where: tuple[int, bool], sure_of: str | None
) -> None:
    place, edits = where
    guess = learned((sure_of, 0.9)) if sure_of else None
    at = min(place, len(rules))
    replaced = rules[at].name if edits and at < len(rules) else None
    kept = rules[at + 1 :] if replaced else rules[at:]
    base = rules_of(rules)
    trial = base.trial(tried, position=at, replaces=replaced)
    own, others = trial.book.hits(mention.text), base.hits(mention.text)
    hits = Hits(own.phrases | others.phrases, own.expressions | others.expressions)
    saved = rules_of((*rules[:at], tried, *kept)).decide(mention, learned=guess)
    assert trial.area(mention, hits, guess) == (saved.area, saved.rule)
    assert base.decide(mention, learned=guess) == rules_of(rules).decide(mention, learned=guess)
