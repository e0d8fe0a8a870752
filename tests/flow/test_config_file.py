"""The workspace file: read, written back the same, and every error named with its line, key and reason."""

import re
import time as stopwatch
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from inbox.flow import config_file, config_writing
from inbox.flow.config_file import BadFile
from inbox.model.people import Interval
from inbox.model.words import Priority, Role
from inbox.model.workspace import Then, When

FULL = """\
[workspace]
name = "Blue Ferries"
time_zone = "Europe/Madrid"
confidence = 0.7
return_after = "never"
tell_after = "never"
undo = "5s"

[[areas]]
name = "Boats"
keywords = ["deck"]
calendar = "office"

[[areas]]
name = "Money"
approval = true

[[employees]]
name = "eva"
full_name = "Eva Sol"
role = ["supervisor", "crisis lead"]
areas = ["Boats", "Unsorted"]
capacity = 3
time_zone = "Asia/Tokyo"
shifts = { fri = [["22:00", "06:00"], ["12:00", "24:00"]] }
certified_until = 2027-05-01

[[calendars]]
name = "office"
week = { mon = [["09:00", "12:30"], ["13:00", "18:00"]] }
holidays = { country = "ES" }
closed = [2026-12-24]
open = { "2026-12-25" = [["10:00", "14:00"]] }

[[policies]]
name = "vip"
when = { hours = "outside office", followers_min = 1000 }
calendar = "office"
first_response = { urgent = "15m", normal = "4h" }
warn_before = "90s"

[[rules]]
name = "all keys"
[rules.when]
text_any = ["a"]
text_all = ["b"]
text_none = ["c"]
text_regex = "d+"
network = ["bluesky"]
account = ["ferries"]
kind = ["review"]
language = ["es"]
sentiment = ["negative"]
author_tags = ["press"]
followers_min = 5
verified = true
has_media = false
priority = ["high", "urgent"]
area = ["Boats"]
incident = false
hours = { inside = "office" }
[rules.then]
area = "Money"
priority = "urgent"
tags = ["x"]
policy = "vip"
escalate = "sinking"
hide = false
needs_reply = true

[[rules]]
name = "waits"
on = false
when = { text_any = ["thanks"] }
then = { needs_reply = false }

[[escalations]]
name = "sinking"
steps = [{ to = ["on shift:Boats", "apprise:phone"], wait = "5m" }]

[[playbooks]]
name = "Fire"
kind = ["watched phrase", "by hand"]
tasks = [{ title = "Call them", within = "5m", employee = "eva" }, { title = "Hold", role = "crisis lead" }]

[hot]
watch = ["fire"]
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "work.toml"
    path.write_text(text, encoding="utf-8")
    return path


def errors(tmp_path: Path, text: str) -> list[tuple[int, str, str]]:
    return [(each.line, each.key, each.reason) for each in config_file.check(written(tmp_path, text))]


def test_every_key_is_read(tmp_path: Path) -> None:
    found = config_file.read(written(tmp_path, FULL))
    assert (found.settings.return_after, found.settings.undo) == (None, timedelta(seconds=5))
    assert found.settings.tell_after is None
    assert [area.color for area in found.areas] == [0, 1]
    eva = found.employees[0]
    assert eva.roles == (Role.SUPERVISOR, Role.CRISIS_LEAD)
    assert eva.shifts == {"fri": (Interval(time(22), time(6)), Interval(time(12), time(0)))}
    assert eva.certified_until == date(2027, 5, 1)
    office = found.calendars[0]
    assert (office.time_zone, office.holidays, office.closed) == ("Europe/Madrid", ("ES", None), (date(2026, 12, 24),))
    vip = found.policies[0]
    assert vip.first_response == {Priority.URGENT: timedelta(minutes=15), Priority.NORMAL: timedelta(hours=4)}
    assert (vip.when.hours, vip.warn_before) == ((False, "office"), timedelta(seconds=90))
    assert found.rules[0].then == Then("Money", Priority.URGENT, ("x",), "vip", "sinking", hide=False, needs_reply=True)
    assert [rule.on for rule in found.rules] == [True, False]
    assert found.rules[1].then == Then(needs_reply=False)
    assert found.rules[0].when == When(
        ("a",), ("b",), ("c",), "d+", ("bluesky",), ("ferries",), ("review",), ("es",), ("negative",), ("press",),
        5, True, False, (Priority.HIGH, Priority.URGENT), ("Boats",), False, (True, "office"),
    )  # fmt: skip


def test_what_is_written_is_read_back_the_same(tmp_path: Path) -> None:
    first = config_file.read(written(tmp_path, FULL))
    again = config_file.read(written(tmp_path, config_writing.written(first)))
    assert again == first


def test_an_empty_file_is_a_workspace(tmp_path: Path) -> None:
    assert config_file.read(written(tmp_path, "")).settings.name == "My workspace"


@pytest.mark.parametrize(
    ("line", "key", "reason"),
    [
        ("[workspce]", "workspce", "“workspce” is not known here. Did you mean “workspace”?"),
        ('[workspace]\ntime_zone = "Mars/Base"', "workspace.time_zone", "There is no time zone named “Mars/Base”."),
        ("[workspace]\nconfidence = 2", "workspace.confidence", "This should be from 0 to 1."),
        ('[workspace]\nundo = "soon"', "workspace.undo", "“soon” is not a duration: write it like 90s, 15m, 4h or 1d."),
        ("[workspace]\nname = true", "workspace.name", "This should be text in quotes, not true or false."),
        ('[[areas]]\nname = "A"\nkeyword = []', "areas[1].keyword",
         "“keyword” is not known here. Did you mean “keywords”?"),
        ('[[areas]]\nname = "A"\ncalendar = "x"', "areas[1].calendar",
         "“x” should be a calendar, and this file defines none."),
        ('[[areas]]\nname = "Unsorted"', "areas[1].name",
         "“Unsorted” is where threads without an area stand; it is always there."),
        ('[[employees]]\nname = "a"\nrole = "boss"', "employees[1].role",
         "“boss” is not one of employee, supervisor, crisis lead, admin."),
        ('[[employees]]\nname = "a"\ncapacity = -1', "employees[1].capacity", "This should be 0 or more."),
        ('[[employees]]\nname = "a"\nskills = "es"', "employees[1].skills", 'This should be a list, not text: ["es"].'),
        ('[[employees]]\nname = "a"\ncertified_until = "soon"', "employees[1].certified_until",
         "“soon” is not a date: write it like 2027-01-31."),
        ('[[employees]]\nname = "a"\nshifts = { monday = [] }', "employees[1].shifts.monday",
         "“monday” is not known here. Did you mean “mon”?"),
        ('[[employees]]\nname = "a"\nshifts = { mon = [["9", "17:00"]] }', "employees[1].shifts.mon[1][1]",
         "“9” is not a time of day: write it like 09:00 (24:00 is the end of the day)."),
        ('[[calendars]]\nname = "c"\nweek = {}', "calendars[1].name", "The calendar “c” has no open hours."),
        ('[[calendars]]\nname = "c"\nholidays = { country = "XX" }', "calendars[1].holidays",
         "There are no known public holidays for “XX”."),
        ('[[policies]]\nname = "p"\nfirst_response = { asap = "1m" }', "policies[1].first_response.asap",
         "“asap” is not known here."),
        ('[[rules]]\nname = "r"\nthen = { area = "Q" }', "rules[1].then.area",
         "“Q” should be an area, and this file defines none."),
        ('[[rules]]\nname = "r"\nwhen = { text_regex = "(?=x)" }\nthen = {}', "rules[1].when.text_regex",
         "This regular expression is not RE2's: invalid perl operator: (?=."),
        ('[[rules]]\nname = "r"', "rules[1]", "“then” is missing."),
        ('[[rules]]\nname = "r"\nthen = { policy = "Q" }', "rules[1].then.policy",
         "“Q” should be a policy, and this file defines none."),
        ('[[rules]]\nname = "r"\nthen = { escalate = "Q" }', "rules[1].then.escalate",
         "“Q” should be an escalation, and this file defines none."),
        ('[[rules]]\nname = "r"\nwhen = { hours = "outside Q" }\nthen = {}', "rules[1].when.hours.outside",
         "“Q” should be a calendar, and this file defines none."),
        ('[[rules]]\nname = "r"\nwhen = { area = ["Q"] }\nthen = {}', "rules[1].when.area[1]",
         "“Q” should be an area, and this file defines none."),
        ('[[rules]]\nname = "r"\non = "no"\nthen = {}', "rules[1].on", "This should be true or false, not text."),
        ('[[rules]]\nname = "r"\nthen = { needs_reply = 1 }', "rules[1].then.needs_reply",
         "This should be true or false, not a number."),
        ('[workspace]\ntell_after = "soon"', "workspace.tell_after",
         "“soon” is not a duration: write it like 90s, 15m, 4h or 1d."),
        ('[[rules]]\nname = "r"\nwhen = { text_regex = "[^a]{1001}" }\nthen = {}', "rules[1].when.text_regex",
         "This regular expression is not RE2's: invalid repetition size: {1001}."),
        ('[[rules]]\nname = "r"\nwhen = { text_regex = "(\\\\p{L}|\\\\p{N}){1000}" }\nthen = {}',
         "rules[1].when.text_regex",
         "This regular expression is too large: it would take too long on every mention. Count lower in its {…}."),
        ('[[rules]]\nname = "r"\nwhen = { text_regex = "(?P<a>x)\\\\1" }\nthen = {}', "rules[1].when.text_regex",
         "This regular expression is not RE2's: invalid escape sequence: \\1."),
        ('[[escalations]]\nname = "e"\nsteps = [{ to = ["apprise:slack://token"] }]', "escalations[1].steps[1].to[1]",
         "Only the name of the service stands here (apprise:slack); its address is kept in the keyring."),
        ('[[areas]]\nname = "a\\u0000b"', "areas[1].name", "This holds a NUL character, which cannot be stored."),
        ('[[playbooks]]\nname = "p"\ntasks = [{ title = "t", employee = "eva" }]', "playbooks[1].tasks[1].employee",
         "“eva” should be an employee, and this file defines none."),
        ('[[playbooks]]\nname = "p"\nkind = ["fire"]\ntasks = []', "playbooks[1].kind[1]",
         "“fire” is not one of burst, slow rise, cluster, watched phrase, high reach, fast growth, by hand."),
        ("[hot]\nmin_author = 4", "hot.min_author", "“min_author” is not known here. Did you mean “min_authors”?"),
    ],
)  # fmt: skip
def test_each_error_is_named_with_its_line_key_and_reason(tmp_path: Path, line: str, key: str, reason: str) -> None:
    found = errors(tmp_path, "# a first line\n" + line + "\n")
    lines = {number for number, found_key, why in found if (found_key, why) == (key, reason)}
    last = re.sub(r"\[\d\]", "", key).rpartition(".")[2]
    wanted = next(number for number, text in enumerate(line.splitlines(), start=2) if last in text)
    assert lines == {wanted}, found


def test_a_wrong_name_is_told_the_nearest_one(tmp_path: Path) -> None:
    found = errors(tmp_path, FULL.replace('area = "Money"', 'area = "Mony"'))
    line = FULL.splitlines().index('area = "Money"') + 1
    assert found == [(line, "rules[1].then.area", "This file defines no area “Mony”. Did you mean “Money”?")]


def test_two_of_one_name_are_an_error(tmp_path: Path) -> None:
    assert errors(tmp_path, '[[areas]]\nname = "A"\n[[areas]]\nname = "a"\n') == [
        (4, "areas[2].name", "There are two areas named “a”; each area needs a name of its own.")
    ]


def test_all_errors_are_named_and_a_value_over_many_lines_does_not_confuse_the_lines(tmp_path: Path) -> None:
    text = (
        '[[areas]]\nname = "A"\nkeywords = [\n  "name = 1", # [\n  "]",\n]\nbad = 1\n'
        '[workspace]\nname = """\nbad = 2\n"""\nworse = 3\n'
    )
    assert [(line, key) for line, key, _ in errors(tmp_path, text)] == [(7, "areas[1].bad"), (12, "workspace.worse")]


def test_broken_toml_is_one_error_with_its_line(tmp_path: Path) -> None:
    found = errors(tmp_path, '[workspace]\nname = "x\n')
    assert [line for line, _, _ in found] == [2]
    assert len(found) == 1


def test_a_file_that_is_no_text_is_said_to_be(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(b"[workspace]\nname = '\xff'\n")
    assert str(config_file.check(path)[0]) == "x.toml:2: This is not UTF-8 text."


def test_reading_a_bad_file_refuses_with_the_first_error(tmp_path: Path) -> None:
    with pytest.raises(
        BadFile, match=r"^work.toml:2: workspace.bad: .* \(and 1 more; “inbox config check” lists them\)$"
    ):
        config_file.read(written(tmp_path, "[workspace]\nbad = 1\nworse = 2\n"))


def test_a_table_that_is_not_known_is_named_where_it_first_stands(tmp_path: Path) -> None:
    found = errors(
        tmp_path, '[workspace]\nname = "x"\n\n[[foo]]\na = 1\n\n[bar.baz]\na = 1\n\n[employees]\nname = "x"\n'
    )
    assert [(line, key) for line, key, _ in found] == [(4, "foo"), (7, "bar"), (10, "employees")]


def test_what_may_surprise_is_a_note_and_no_error(tmp_path: Path) -> None:
    text = """\
[[rules]]
name = "every"
then = { tags = ["x"] }

[[rules]]
name = "never"
when = { network = ["bluesky"] }
then = { tags = ["y"] }

[[rules]]
name = "nothing"
then = {}
"""
    assert errors(tmp_path, text) == []
    assert [str(note) for note in config_file.notes(written(tmp_path, text))] == [
        "work.toml:1: rules[1]: This rule matches every mention: no rule after it can settle tags.",
        "work.toml:5: rules[2]: This rule never acts: “every”, before it, matches as much and settles the same.",
        "work.toml:10: rules[3]: This rule does nothing: it has no action.",
    ]
    assert config_file.notes(written(tmp_path, text + "[bad]\n")) == ()


def test_who_is_not_there_and_a_setting_that_nobody_reads_are_noted(tmp_path: Path) -> None:
    text = """[[escalations]]
name = "press"
steps = [{ to = ["on shift:Press", "crisis lead"], wait = "5m" }, { to = ["zoe", "apprise:slack"] }]

[hot]
loudness = 4
"""
    assert errors(tmp_path, text) == [], "areas and people may come later"
    assert [str(note) for note in config_file.notes(written(tmp_path, text))] == [
        "work.toml:3: escalations[1].steps[1].to[1]: There is no area “Press”.",
        "work.toml:3: escalations[1].steps[2].to[1]: There is nobody called “zoe”. "
        "Name a person, a role, “on shift:AREA” or a service.",
        "work.toml:6: hot.loudness: “loudness” is not known here: it is kept, and changes nothing.",
    ]


def test_an_escalation_that_calls_nobody_and_a_task_of_an_essay_are_errors(tmp_path: Path) -> None:
    text = f"""[[escalations]]
name = "press"
steps = []

[[escalations]]
name = "safety"
steps = [{{ to = [] }}]

[[playbooks]]
name = "usual"
tasks = [{{ title = "{"x" * 201}" }}]
"""
    assert errors(tmp_path, text) == [
        (3, "escalations[1].steps", "Nobody would be called. Add a step."),
        (7, "escalations[2].steps[1].to", "Say who is called."),
        (11, "playbooks[1].tasks[1].title", "A task has 200 characters at most."),
    ]


def test_five_thousand_rules_with_an_error_each_are_checked_in_seconds(tmp_path: Path) -> None:
    one = (
        '[[rules]]\nname = "r{}"\nwhen = {{ text_any = ["a {}"], text_regex = "a{}(?=x)" }}\nthen = {{ area = "Q" }}\n'
    )
    text = "".join(one.format(n, n, n) for n in range(5000))
    begun = stopwatch.perf_counter()
    found = errors(tmp_path, text)
    assert stopwatch.perf_counter() - begun < 20
    assert len(found) == 10_000
    assert [(line, key) for line, key, _ in found[-2:]] == [
        (19999, "rules[5000].when.text_regex"),
        (20000, "rules[5000].then.area"),
    ]
