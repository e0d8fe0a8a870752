"""Says what is wrong with the rule on screen and what it matches, while it is being written."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Slot

from inbox.ui.entries.asking import Asker
from inbox.ui.rules.draft import unfinished
from inbox.ui.rules.editor import RuleEditor
from inbox.ui.rules.live import Answer, Question
from inbox.ui.rules.matches import MatchesPane


class Judge(QObject):
    """What is only missing yet is said once somebody wanted to save; what is wrong is said at once."""

    def __init__(
        self, live: Asker, editor: RuleEditor, matches: MatchesPane, question: Callable[[], Question | None]
    ) -> None:
        """``question`` gives the rule as it stands, None while nothing is to be asked."""
        super().__init__(live)
        self._live, self._editor, self._matches, self._question = live, editor, matches, question
        self._problems: dict[str, str] = {}
        self._strict = False
        live.answered.connect(self._answered)
        live.failed.connect(self._failed)
        live.slow.connect(matches.wait)
        matches.again.connect(self._again)

    @property
    def busy(self) -> bool:
        """True while an answer is awaited."""
        return self._live.busy

    def begin(self, *, strict: bool) -> None:
        """Another rule is on screen; nothing is known of it yet."""
        self._problems, self._strict = {}, strict
        self._live.forget()

    def be_strict(self, refused: Mapping[str, str] | None = None) -> None:
        """Somebody wanted to save: what is missing is said too, or why it was ``refused``."""
        if refused is not None:
            self._problems = dict(refused)
        self._strict = True
        self.show()

    def ask(self, *, at_once: bool = False) -> None:
        """Asks when the keys rest, or at once."""
        question = self._question()
        if question is not None:
            self._live.ask(question, at_once=at_once)

    def show(self) -> None:
        """Each error at its field."""
        missing = unfinished(self._editor.draft(typed=True)) if self._strict else {}
        self._editor.show_errors({**self._problems, **missing})

    @Slot()
    def _again(self) -> None:
        self.ask(at_once=True)

    @Slot(object)
    def _answered(self, answer: Answer) -> None:
        missing = unfinished(self._editor.draft(typed=True))
        # What is only missing has words of its own, and is right again with the first letter.
        # So is a side ("then") of which a value is missing ("then.area").
        sides = {field.partition(".")[0] for field in missing}
        self._problems = {field: said for field, said in answer.problems.items() if field not in {*missing, *sides}}
        self.show()
        if answer.matches is None:
            self._matches.say(self.tr("Mend what is marked, and what it matches stands here."))
        elif answer.matches.trouble:
            self._matches.say(answer.matches.trouble)
        else:
            self._matches.show_matches(answer.matches)

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self._matches.explain(str(error))
