"""Facts of a mention as a JSON document, and back."""

from collections.abc import Mapping
from typing import Any

from inbox.model.fact import Fact, FactKind, Facts, FactSource


def facts_of(document: Mapping[str, list[Any]] | None) -> Facts:
    """The facts as they were kept: ``{kind: [value, probability, who says so, why]}``."""
    return {
        FactKind(kind): Fact(value, probability, FactSource(by), why)
        for kind, (value, probability, by, why) in (document or {}).items()
    }


def facts_document(facts: Facts) -> dict[str, list[Any]]:
    """The document of facts."""
    return {str(kind): [fact.value, round(fact.probability, 4), str(fact.by), fact.why] for kind, fact in facts.items()}
