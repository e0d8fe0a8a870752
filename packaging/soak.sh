#!/bin/sh
# Kills the collector N times (20 unless told) at random moments against a real server, and prints as JSON what
# was lost or doubled. Exit 1 when anything was.
set -eu
cd "$(dirname "$0")/.."
python=.venv/bin/python
[ -x "$python" ] || { echo "Run packaging/test.sh first: it sets up .venv." >&2; exit 1; }
INBOX_ALLOW_LOOPBACK=1 exec "$python" -m tests.soak "$@"
