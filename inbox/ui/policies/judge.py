"""Says what is wrong with the policy on screen, what it would promise and take, while it is being written."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Slot

from inbox.ui.context import Context
from inbox.ui.entries.asking import Asker
from inbox.ui.policies.draft import unfinished
from inbox.ui.policies.editor import PolicyEditor
from inbox.ui.policies.live import Answer, Judging, Question
from inbox.ui.policies.preview import PreviewBody

QUICK_MS, SLOW_MS = 80, 300


class Judge(QObject):
    """What is only missing yet is said once somebody wanted to save; what cannot be read once its field is left;
    what is wrong at once.
    """

    def __init__(
        self,
        context: Context,
        judging: Judging,
        editor: PolicyEditor,
        preview: PreviewBody,
        question: Callable[[], Question | None],
    ) -> None:
        """``question`` gives the policy as it stands, None while nothing is to be asked."""
        super().__init__(editor)
        self._context, self._judging = context, judging
        self._editor, self._preview, self._question = editor, preview, question
        self._problems: dict[str, str] = {}
        self._left: set[str] = set()
        self._strict = False
        self._promises = Asker(context, self._ask_promises, QUICK_MS, self)
        self._caught = Asker(context, self._ask_caught, SLOW_MS, self)
        self._promises.answered.connect(self._answered)
        self._promises.failed.connect(self._failed)
        self._caught.answered.connect(preview.show_caught)
        self._caught.failed.connect(self._not_asked)
        preview.asked.connect(self._try_another)
        editor.left.connect(self._leave)

    @property
    def busy(self) -> bool:
        """True while an answer is awaited."""
        return self._promises.busy or self._caught.busy

    def begin(self, *, strict: bool) -> None:
        """Another policy is on screen; nothing is known of it yet."""
        self._problems, self._strict, self._left = {}, strict, set()
        self._promises.forget()
        self._caught.forget()

    def be_strict(self, refused: Mapping[str, str] | None = None) -> None:
        """Somebody wanted to save: what is missing is said too, or why it was ``refused``."""
        if refused is not None:
            self._problems = dict(refused)
        self._strict = True
        self.show()

    def ask(self, *, at_once: bool = False, threads: bool = True) -> None:
        """Asks when the keys rest, or at once; ``threads`` also of those that are stored."""
        question = self._question()
        if question is None:
            return
        self._promises.ask(question, at_once=at_once)
        if threads and self._context.store is not None:
            self._caught.ask(question, at_once=at_once)

    def show(self) -> None:
        """Each error at its field."""
        missing = unfinished(self._editor.draft(typed=True))
        said = missing if self._strict else {field: missing[field] for field in missing if field in self._left}
        self._editor.show_errors({**self._problems, **said})

    def _ask_promises(self, question: Question, _stop: Callable[[], bool]) -> Answer:
        return self._judging.promises(question, self._context.now())

    def _ask_caught(self, question: Question, stop: Callable[[], bool]) -> object:
        store = self._context.store
        return None if store is None else self._judging.caught(store, question, self._context.now(), stop)

    @Slot()
    def _try_another(self) -> None:
        self.ask(threads=False)

    @Slot(str)
    def _leave(self, field: str) -> None:
        if field != "name":
            self._left.add(field)
            self.show()

    @Slot(object)
    def _answered(self, answer: Answer) -> None:
        missing = unfinished(self._editor.draft(typed=True))
        # What is only missing has words of its own, and is right again with the first letter.
        self._problems = {field: sentence for field, sentence in answer.problems.items() if field not in missing}
        self.show()
        self._preview.show_answer(answer)

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self._preview.show_answer(Answer({}, trouble=str(error)))

    @Slot(object)
    def _not_asked(self, error: Exception) -> None:
        self._preview.show_caught(None)
        self._context.tell(error)
