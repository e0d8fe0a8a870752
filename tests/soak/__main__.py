"""``python -m tests.soak [N]``: N kills, then the figures as JSON; exit 1 when anything was lost or doubled."""

import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from inbox.model.words import Direction, ReplyState
from inbox.store import accounts, incidents, outbox, statements, threads
from tests.servers import parts
from tests.servers.snac import Snac
from tests.soak.scene import Scene

_MOMENTS = ("any", "sending", "storing", "answered")
_SETTLED_WITHIN = 300.0
_AT_ONCE = 30
_STORED = "SELECT count(*) FROM mention"
_INBOUND = "SELECT count(*) FROM mention WHERE direction = 'inbound'"
_POSTS = "SELECT count(*) FROM (SELECT state FROM outbox UNION ALL SELECT state FROM statement_post)"
_OPEN = f"{_POSTS} WHERE state IN ('queued', 'sending', 'unknown')"
_SENDING = f"{_POSTS} WHERE state = 'sending'"


def main() -> int:
    """Run, print, judge."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    if Snac.missing():
        print(f"Not run: {Snac.missing()}", file=sys.stderr)
        return 1 if parts.required() else 0
    with tempfile.TemporaryDirectory(prefix="inbox-soak-") as name:
        folder = Path(name)
        with Snac(folder) as server:
            for user in ("brand", "alice"):
                server.add_user(user)
            server.start()
            scene = Scene(folder, server, seed=kills)
            try:
                figures = _soak(scene, kills)
            finally:
                scene.close()
    print(json.dumps(figures, indent=2))
    return 0 if figures["sound"] else 1


def _soak(scene: Scene, kills: int) -> dict[str, Any]:
    _fill(scene, min(kills + 2, 2 * _AT_ONCE))
    begun = time.monotonic()
    moments: Counter[str] = Counter()
    for number in range(kills):
        moments[_round(scene, number)] += 1
        if sys.stderr.isatty():
            print(f"\r{number + 1} of {kills} kills", end="", file=sys.stderr, flush=True)
    killed_in = time.monotonic() - begun
    collector = scene.start()
    try:
        settled = scene.until(lambda: not scene.look(_OPEN), _SETTLED_WITHIN)
        arrived = scene.until(lambda: scene.look(_INBOUND) >= len(scene.said), 30)
        arrived = arrived or scene.until(lambda: scene.passed_on() <= set(scene.stored()), 30)
    finally:
        scene.kill(collector)
    figures = _figures(scene)
    sound = settled and arrived and not any(figures[name][bad] for name, bad in _BAD)
    return {
        "kills": kills,
        "seconds_per_kill": round(killed_in / max(kills, 1), 2),
        "seconds": round(time.monotonic() - begun),
        "moments": dict(moments),
        "on_their_way_at_kills": dict(scene.states_at_kill),
        **figures,
        "sound": sound,
    }


_BAD = (
    ("mentions", "lost"),
    ("mentions", "doubled"),
    ("replies", "doubled"),
    ("replies", "lost"),
    ("replies", "untrue"),
    ("unknown", "unsettled"),
    ("statements", "doubled"),
    ("statements", "lost"),
    ("statements", "untrue"),
    ("statements", "unsettled"),
)


def _fill(scene: Scene, threads_wanted: int) -> None:
    """Threads to answer from the first kill on. This server passes a mention on only after some seconds, and
    shows an account no more than its newest 64 notifications: so not more than that at once.
    """
    collector = scene.start()
    for start in range(0, threads_wanted, _AT_ONCE):
        said = range(start, min(start + _AT_ONCE, threads_wanted))
        for number in said:
            scene.say(-number)
        scene.until(lambda wanted=said.stop: scene.look(_STORED) >= wanted, 60)  # type: ignore[misc]
    scene.kill(collector)


def _round(scene: Scene, number: int) -> str:
    """One collector's life; the moment at which it was killed."""
    scene.say(number + 1)
    scene.answer(2)
    scene.state()
    collector = scene.start()
    moment = _MOMENTS[number % len(_MOMENTS)]
    stored, opened = scene.look(_STORED), scene.look(_OPEN)
    if moment == "sending":
        scene.until(lambda: scene.look(_SENDING) > 0, 6)
        time.sleep(scene.random.uniform(0, 0.25))
    elif moment == "storing":
        scene.until(lambda: scene.look(_STORED) > stored, 3)
        time.sleep(scene.random.uniform(0, 0.03))
    elif moment == "answered":
        scene.until(lambda: scene.look(_OPEN) < opened, 6)
    else:
        time.sleep(scene.random.uniform(0.2, 3.5))
    scene.kill(collector)
    return moment


def _figures(scene: Scene) -> dict[str, Any]:
    stored, standing = scene.stored(), scene.standing()
    with scene.store.read() as s:
        replies = {number: outbox.get(s, reply_id) for number, reply_id in scene.asked.items()}
        ours = {
            number: sum(each.global_id == reply.remote_id for each in threads.get(s, reply.thread_id).mentions)
            for number, reply in replies.items()
        }
        outbound = sum(
            each.direction is Direction.OUTBOUND
            for thread_id in {reply.thread_id for reply in replies.values()}
            for each in threads.get(s, thread_id).mentions
        )
    told = scene.passed_on() & set(scene.said)
    states = Counter(reply.state.value for reply in replies.values())
    sent = {number for number, reply in replies.items() if reply.state is ReplyState.SENT}
    failed = {number for number, reply in replies.items() if reply.state is ReplyState.FAILED}
    return {
        "mentions": {
            "written": len(scene.said),
            "passed_on": len(told),
            "stored": sum(1 for name in scene.said if stored[name]),
            "lost": sum(1 for name in told if not stored[name]),
            "doubled": sum(1 for count in stored.values() if count > 1),
        },
        "replies": {
            "written": len(replies),
            **states,
            "standing": len(standing),
            "doubled": sum(1 for count in standing.values() if count > 1),
            "lost": sum(1 for number in sent if not standing[number] or not ours[number]),
            "untrue": sum(1 for number in failed if standing[number]),
            "stored_as_ours": outbound,
        },
        "statements": _statements(scene, stored),
        "unknown": {
            "seen": len(scene.unknown_seen),
            "unsettled": sum(1 for reply in replies.values() if reply.state in outbox.OPEN_STATES),
        },
    }


def _statements(scene: Scene, stored: Counter[str]) -> dict[str, Any]:
    """What became of the incidents' statements; one that stands is stored once, and its incident knows since when."""
    standing = scene.standing("statement")
    posts, dated = dict[int, ReplyState](), dict[int, bool]()
    with scene.store.read() as s:
        kept = {each for account in accounts.all(s) for each in statements.sent_ids(s, account.id)}
        for number, incident_id in scene.stated.items():
            posts[number] = statements.of(s, incident_id)[0].posts[0].state
            found = incidents.get(s, incident_id)
            dated[number] = found is not None and found.stated_at is not None
    sent = {number for number, state in posts.items() if state is ReplyState.SENT}
    failed = {number for number, state in posts.items() if state is ReplyState.FAILED}
    return {
        "written": len(posts),
        **Counter(state.value for state in posts.values()),
        "standing": len(standing),
        "doubled": sum(1 for count in standing.values() if count > 1),
        "lost": sum(1 for number in sent if not standing[number] or not dated[number])
        + sum(1 for name in kept if stored[name] != 1),
        "untrue": sum(1 for number in failed if standing[number] or dated[number]),
        "unsettled": len(posts) - len(sent) - len(failed),
    }


if __name__ == "__main__":
    sys.exit(main())
