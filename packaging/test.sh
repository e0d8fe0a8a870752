#!/bin/sh
# Sets up what is missing and runs the tests that need no server and no screen. Arguments go to pytest.
set -eu
wants=dev
. "$(dirname "$0")/setup.sh"
cd "$project"
export QT_QPA_PLATFORM=offscreen
if [ $# -gt 0 ]; then exec "$python" -m pytest "$@"; fi
exec "$python" -m pytest -q -n 2 --dist worksteal -m "not server and not screen and not slow"
