"""The rules screen: rules in their order, an editor, and what the rule under edit matches."""

from inbox.ui.rules.page import RulesPage

__all__ = ["RulesPage"]
