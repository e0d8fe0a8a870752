"""The rules as the screen holds them: what they alone can is being switched on and off, and tried on the history."""

from dataclasses import replace

from inbox.model.workspace import Rule, Workspace
from inbox.ui.entries.book import EntryBook, Kind
from inbox.ui.rules.draft import Draft, draft_of, rule_of


class RuleBook(EntryBook[Rule, Draft]):
    """Switching is no edit: drafts take it over."""

    def __init__(self) -> None:
        """Empty until the workspace is seen."""
        super().__init__(
            Kind(lambda of: of.rules, lambda of, rules: replace(of, rules=rules), draft_of, rule_of),
        )

    def see(self, workspace: Workspace) -> None:
        """The rules as they are stored now; what only was switched on or off does not race a draft."""
        now = {rule.name: rule for rule in workspace.rules}
        for key, draft in self._drafts.items():
            stored = now.get(key)
            if stored is not None and draft.base is not None and replace(draft.base, on=stored.on) == stored:
                self._drafts[key] = replace(draft, base=stored, on=stored.on)
        super().see(workspace)

    def switch(self, key: str, *, on: bool) -> None:
        """On or off on screen, before it is stored."""
        if key in self._stored:
            self._put([replace(rule, on=on) if name == key else rule for name, rule in self._stored.items()])
        elif key in self._drafts:
            self._drafts[key] = replace(self._drafts[key], on=on)

    def trial(self, key: str, rule: Rule) -> Workspace:
        """The workspace as it would be with ``rule`` in the stead of what is stored under ``key``, switched on."""
        rules = list(self.workspace.rules)
        rule = replace(rule, on=True)
        if key in self._stored:
            rules[self.place_of(key)] = rule
        else:
            rules.insert(min(self.draft(key).position, len(rules)), rule)
        return replace(self.workspace, rules=tuple(rules))
