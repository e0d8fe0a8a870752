#!/bin/sh
# Sets up what is missing and starts the program: without arguments the demo, with them `inbox ARGS`.
set -eu
wants=run
. "$(dirname "$0")/setup.sh"
[ $# -gt 0 ] || set -- demo
exec "$python" -m inbox "$@"
