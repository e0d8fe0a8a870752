"""Social Inbox: public mentions reach the employee whose job they are, with the time left in view.

How a mention flows, and in which room each step lives:

1. ``networks/`` pulls a page of posts and parses them into ``model.IncomingMention``.
2. ``flow.ingest`` stores the page and the source's cursor in one transaction (``store/``).
3. ``flow.triage`` finds facts (``text/``), applies rules (``routing/``), sets area and clocks (``sla/``).
4. ``flow.assign`` gives the thread to an employee; the queue in ``ui/`` shows it with its deadline.
5. ``flow.reply`` turns a draft into an outbox row; ``flow.deliver`` posts it through ``networks/``.
6. The brand's own post comes back through step 1, attaches to the thread and meets the clock.

Beside it ``flow.hot.watching`` shows each stored mention to the detector (``hot/``): what blows up becomes an incident
with a room of its own, whose statements ``flow.publish`` posts, and ``flow.escalate`` calls people until one answers.

The collector (``inbox collect``) runs steps 1 to 3, ``watching``, ``deliver``, ``publish`` and the calls; the desktop
(``inbox``) the rest.
They meet only in the store, over its change feed.
"""

__version__ = "0.1.0"
