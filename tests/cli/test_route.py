"""The ``route`` commands: why a text goes where, learning from history or a file, and how right it is."""

import contextlib
import gzip
import io
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from inbox import cli
from inbox.flow.learning import evaluating, files
from inbox.flow.learning.known import Known
from inbox.store.examples import Source
from tests.support.models import SAYINGS, THINGS

WORKSPACE = """
[workspace]
name = "Air"
confidence = 0.6
[[areas]]
name = "Baggage"
keywords = ["suitcase"]
[[areas]]
name = "Billing"
[[rules]]
name = "lawyers"
when = { text_any = ["lawyer"] }
then = { area = "Billing" }
"""
KEYS = {
    "n", "accuracy", "macro_f1", "coverage", "micros_per_mention", "train_seconds", "model_bytes", "calibration_error",
    "half_accuracy", "by_area",
}  # fmt: skip


def lines(labels: tuple[str | None, ...] = ("Baggage", "Billing"), *, each: int = 30) -> list[dict[str, Any]]:
    return [
        {
            "network": "x",
            "id": f"{label} {n}",
            "account": "air",
            "author": {"id": f"{label} {n}"},
            "text": SAYINGS[n % 5].format(thing=THINGS.get(label, THINGS[None])[n // 5 % 6]),
            "created_at": f"2026-03-02T{n // 60:02}:{n % 60:02}:00Z",
            "labels": {"area": label, "area_agreement": 1.0 if n % 2 else 0.5},
        }
        for n in range(each)
        for label in labels
    ]


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def written(rows: list[dict[str, Any]], name: str = "labelled.jsonl") -> Path:
        path = tmp_path / name
        data = "".join(json.dumps(row) + "\n" for row in rows).encode()
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        return path

    return written


@pytest.fixture
def workspace(tmp_path: Path) -> str:
    file = tmp_path / "air.toml"
    file.write_text(WORKSPACE)
    path = str(tmp_path / "w.inbox")
    assert cli.main(["-w", path, "init", str(file)]) == 0
    return path


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    def asked(*words: object) -> Any:
        capsys.readouterr()
        code = cli.main(["--json", *map(str, words)])
        printed = capsys.readouterr()
        assert code == 0, printed.err
        return json.loads(printed.out)

    return asked


def test_explain_without_a_model_goes_by_rules_and_keywords(
    workspace: str, ask: Callable[..., Any], capsys: pytest.CaptureFixture[str]
) -> None:
    told = ask("-w", workspace, "route", "explain", "My lawyer will write")
    assert (told["area"], told["probability"], told["rule"], told["needs_reply"]) == ("Billing", 1.0, "lawyers", True)
    assert [each["step"] for each in told["why"]] == ["facts", "rule"]
    assert ask("-w", workspace, "route", "explain", "Where is my suitcase?")["areas"] == [["Baggage", 1.0]]
    told = ask("-w", workspace, "route", "explain", "Well")
    assert (told["area"], told["probability"], told["areas"]) == ("Unsorted", None, [])
    assert cli.main(["-w", workspace, "route", "explain", "Well"]) == 0
    assert "Nothing is learnt yet, so rules and keywords decide." in capsys.readouterr().out


def test_a_workspace_learns_from_its_import_explains_evaluates_and_goes_back(
    workspace: str, ask: Callable[..., Any], write: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(lines(each=35))
    ask("-w", workspace, "import", file)
    told = ask("-w", workspace, "route", "train")
    assert told.keys() >= KEYS | {"curve", "result", "sentence", "kinds"}
    assert (told["result"], told["n"], told["kinds"][0]["version"]) == ("learned", 70, 1)
    assert [each["result"] for each in told["kinds"]] == ["learned", "too little", "too little"]
    told = ask(
        "-w", workspace, "route", "explain", "They lost my trolley and the carousel stood still", "--account", "air"
    )
    assert (told["area"], told["rule"], told["learned"]) == ("Baggage", None, 1)
    assert sorted(area for area, _ in told["areas"]) == ["Baggage", "Billing", "Unsorted"]
    assert sum(share for _, share in told["areas"]) == pytest.approx(1, abs=0.001)
    told = ask("-w", workspace, "route", "evaluate", file)
    assert told.keys() >= KEYS
    assert (told["n"], told["train_seconds"]) == (70, None)
    assert told["accuracy"] > 0.9
    ask("-w", workspace, "route", "train")
    listed = ask("-w", workspace, "route", "models")["models"]
    assert [(each["version"], each["state"]) for each in listed] == [(2, "current"), (1, "replaced")]
    assert ask("-w", workspace, "route", "models", "use", 1)["state"] == "current"
    assert [each["state"] for each in ask("-w", workspace, "route", "models")["models"]] == ["replaced", "current"]
    assert cli.main(["-w", workspace, "route", "models", "use", "9"]) == 1
    assert capsys.readouterr().err == "There is no version 9. See: inbox route models\n"


def test_a_damaged_model_is_not_gone_back_to_and_is_said_to_be_damaged(
    workspace: str, ask: Callable[..., Any], write: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    ask("-w", workspace, "import", write(lines(each=35)))
    ask("-w", workspace, "route", "train")
    with contextlib.closing(sqlite3.connect(workspace)) as file, file:
        file.execute("UPDATE learned SET data = substr(data, 1, 100)")
    assert cli.main(["-w", workspace, "route", "models", "use", "1"]) == 1
    assert capsys.readouterr().err.startswith("Version 1 cannot be used. The model is damaged")
    assert cli.main(["-w", workspace, "route", "explain", "Where is my suitcase?"]) == 0
    assert "What was learnt is damaged, so rules and keywords decide." in capsys.readouterr().out


def test_what_is_left_to_a_person_has_no_probability_as_if_that_were_sure(
    workspace: str, ask: Callable[..., Any], write: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    ask("-w", workspace, "import", write(lines(each=35)))
    ask("-w", workspace, "route", "train")
    strict = Path(workspace).with_name("strict.toml")
    strict.write_text(WORKSPACE.replace("confidence = 0.6", "confidence = 1.0"))
    ask("-w", workspace, "config", "import", strict)
    told = ask("-w", workspace, "route", "explain", "Well")
    assert (told["area"], told["probability"] is None) == ("Unsorted", False)
    assert cli.main(["-w", workspace, "route", "explain", "Well"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "Unsorted"


def test_a_workspace_that_knows_too_little_says_how_much_is_enough(
    workspace: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["-w", workspace, "route", "train"]) == 1
    said = "There are 0 labelled mentions. Learning begins at 60, with 10 in each of two areas.\n"
    assert capsys.readouterr().err == said


def test_a_file_is_learnt_for_the_workspace(
    workspace: str, ask: Callable[..., Any], write: Callable[..., Path]
) -> None:
    told = ask("-w", workspace, "route", "train", write(lines(("Baggage", "Billing", None)), "some.jsonl.gz"))
    assert (told["result"], told["kinds"][0]["examples"]) == ("learned", 90)
    assert ask("-w", workspace, "route", "explain", "the luggage on the carousel")["area"] == "Baggage"


def test_evaluate_learns_from_one_file_and_is_asked_about_another(
    ask: Callable[..., Any], write: Callable[..., Path]
) -> None:
    learnt, asked = (
        write(lines(("Baggage", "Billing", None)), "a.jsonl"),
        write(lines(("Baggage", None), each=9), "b.jsonl"),
    )
    told = ask("-w", "/nowhere/at/all.inbox", "route", "evaluate", asked, "--train", learnt)
    assert told.keys() >= KEYS
    assert told["n"] == 18
    assert {each["area"] for each in told["by_area"]} == {"Baggage", None}
    assert told["train_seconds"] is not None
    assert 0 < told["model_bytes"] < 25_000_000
    assert [share for share, _ in told["coverage"]] == [tenth / 10 for tenth in range(1, 11)]
    assert told["half_accuracy"] == dict(map(tuple, told["coverage"]))[0.5]


def test_rows_that_cannot_be_told_are_left_out_unless_all_are_kept(
    ask: Callable[..., Any], write: Callable[..., Path]
) -> None:
    file = write(lines(("Baggage", "Billing", "Can't Tell"), each=20))
    told = ask("route", "evaluate", file, "--folds", 3)
    assert (told["n"], told["left_out"]) == (40, 20)
    assert ask("route", "evaluate", file, "--folds", 3, "--keep-all")["n"] == 60
    told = ask("route", "evaluate", file, "--folds", 3, "--leave-out", "Billing")
    assert {each["area"] for each in told["by_area"]} == {"Baggage", "Can't Tell"}


def test_only_rows_on_which_people_agreed_count_where_that_is_asked(
    ask: Callable[..., Any], write: Callable[..., Path]
) -> None:
    file = write(lines(each=24))
    for words in (["--folds", 3], ["--online"], ["--train", file]):
        assert ask("route", "evaluate", file, *words, "--min-agreement", 0.99)["n"] == 24
        assert ask("route", "evaluate", file, *words)["n"] == 48


def test_other_labels_and_other_forms_of_files_can_be_measured(
    ask: Callable[..., Any], write: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    rows = lines()
    plain = write([{"text": row["text"], "intent": row["labels"]["area"]} for row in rows], "intents.jsonl")
    assert ask("route", "evaluate", plain, "--folds", 3)["n"] == 60
    flags = [{**row, "labels": {"complaint": int(row["labels"]["area"] == "Billing")}} for row in rows]
    told = ask("route", "evaluate", write(flags, "flags.jsonl"), "--folds", 3, "--label", "complaint")
    assert [each["area"] for each in told["by_area"]] == ["0", "1"]
    assert cli.main(["route", "evaluate", str(write(flags, "flags.jsonl")), "--folds", "3"]) == 1
    assert "It has: complaint. Choose one with --label." in capsys.readouterr().err


def test_what_predicts_never_sees_a_label(write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    from inbox.routing.learned import Model

    seen: list[Any] = []
    predict = Model.predict

    def watched(self: Model, texts: Any, accounts: Any = None, earlier: Any = None, hints: Any = None) -> Any:
        seen.extend([*texts, *(accounts or ()), *(earlier or ()), *(hints or ())])
        return predict(self, texts, accounts, earlier, hints)

    monkeypatch.setattr(Model, "predict", watched)
    marked = [{**row, "labels": {"area": f"SECRET {row['labels']['area']}"}} for row in lines()]
    found = files.read(write(marked))
    evaluating.trained_on(found.examples, found.examples)
    assert len(seen) == 240
    assert not any("SECRET" in each for each in seen)


def test_online_each_is_asked_about_before_it_is_learnt_in_time_order() -> None:
    asked = [Known(f"text {n}", "a" if n % 3 else "b", 1.0, f"w{n}", "", None, None, Source.IMPORTED) for n in range(9)]
    _, measured = evaluating.online(asked, lambda _: None)
    assert [each.label for each in measured.told][:4] == [None, "b", "b", "a"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "No inbound mention of x.jsonl has the label"),
        (b"[1]\n{\n\n", "No inbound mention of x.jsonl has the label"),
        (gzip.compress(b'{"text": "a", "label": "b"}\n' * 500, mtime=0)[:40], "x.jsonl breaks off"),
        (b'{"text": "a", "label": "b"}\n', "There are 1 labelled mentions; learning begins at"),
    ],
)
def test_files_that_teach_nothing_say_why(
    tmp_path: Path, content: bytes, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(content)
    assert cli.main(["route", "evaluate", str(path), "--train", str(path)]) == 1
    printed = capsys.readouterr().err
    assert said in printed
    assert printed.count("\n") == 1


def test_texts_of_any_kind_are_explained_and_none_is_refused(
    workspace: str, ask: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for text in ("🧳🧳🧳", "\u202e\u0301", "?"):
        assert ask("-w", workspace, "route", "explain", text)["area"] == "Unsorted"
    monkeypatch.setattr("sys.stdin", io.StringIO("suitcase " * 11_000))
    assert ask("-w", workspace, "route", "explain", "-")["area"] == "Baggage"
    for text in ("", " \n", "x" * 100_001):
        assert cli.main(["-w", workspace, "route", "explain", text]) == 2
        assert capsys.readouterr().err.count("\n") == 1


def test_quality_and_replay_answer_on_an_empty_workspace(workspace: str, ask: Callable[..., Any]) -> None:
    assert ask("-w", workspace, "route", "quality")["threads"] == 0
    assert ask("-w", workspace, "route", "replay") == {"decisions": 0, "same": 0, "different": []}
    assert cli.main(["-w", workspace, "route", "quality", "--since", "x"]) == 2
    assert cli.main(["-w", workspace, "route", "quality"]) == 0
    assert cli.main(["-w", workspace, "route", "models"]) == 0


def test_assignments_of_however_long_ago_are_decided_again(workspace: str, ask: Callable[..., Any]) -> None:
    staffed = Path(workspace).with_name("staffed.toml")
    staffed.write_text(WORKSPACE + '\n[[employees]]\nname = "ana"\nareas = ["Baggage"]\n')
    ask("-w", workspace, "config", "import", staffed)
    old = Path(workspace).with_name("old.jsonl")
    author = {"id": "kim", "handle": "kim"}
    mention = {"network": "x", "id": "1", "account": "air", "author": author, "text": "Where is my suitcase?"}
    old.write_text(json.dumps(mention | {"created_at": "2009-03-02T12:00:00Z"}))
    ask("-w", workspace, "import", "--replay", old)
    assert ask("-w", workspace, "route", "replay") == {"decisions": 1, "same": 1, "different": []}
    assert ask("-w", workspace, "route", "replay", "--since", "30d")["decisions"] == 0
