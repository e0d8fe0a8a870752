#!/bin/sh
# Runs the benchmarks: sh packaging/bench.sh [NAME...] [--rows N] [--json]
set -eu
wants=dev
. "$(dirname "$0")/setup.sh"
cd "$project"
export QT_QPA_PLATFORM=offscreen
exec "$python" -m tests.benchmarks "$@"
