# Sets up what the program needs: system libraries, the project's own environment, compiled bytecode.
# Sourced by run.sh, test.sh and bench.sh with $wants set to "run" or "dev". Speaks on stderr only.

project=$(cd "$(dirname "$0")/.." && pwd)
environment="$project/.venv"
python="$environment/bin/python"

say() { printf '%s\n' "$*" >&2; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@" >&2
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then sudo -n "$@" >&2
    else return 1; fi
}

# install_system PACKAGE...: announces and installs Debian packages, or says the line to type and stops.
install_system() {
    if ! command -v apt-get >/dev/null 2>&1; then
        say "Missing on this machine: $*"
        say "This is not a Debian or Ubuntu machine: install what these packages hold, and run this again."
        exit 1
    fi
    say "Installing system packages: $*"
    if as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@"; then return; fi
    if as_root apt-get -qq update && as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@"; then return; fi
    if [ "$(id -u)" = 0 ]; then say "System packages are missing and could not be installed. Try again with:"
    else say "System packages are missing, and installing them needs an administrator. Type:"; fi
    say "    sudo apt-get update && sudo apt-get install -y --no-install-recommends $*"
    exit 1
}

find_python() {
    for name in python3.11 python3.12 python3.13 python3; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
            printf '%s' "$name"
            return
        fi
    done
}

# Debian keeps venv apart from Python: ensurepip tells whether it is there.
has_venv() { [ -n "$1" ] && "$1" -c 'import ensurepip, venv' 2>/dev/null; }

ready_python() {
    base=$(find_python)
    if has_venv "$base"; then return; fi
    if [ -z "$base" ]; then
        candidate=python3
        if command -v apt-cache >/dev/null 2>&1; then
            case "$(apt-cache policy python3 2>/dev/null | sed -n 's/.*Candidate: //p')" in
                3.11*|3.12*|3.13*) ;;
                *) candidate=python3.11 ;;
            esac
        fi
        install_system "$candidate" "$candidate-venv"
    else
        install_system "python$("$base" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
    fi
    base=$(find_python)
    if ! has_venv "$base"; then
        say "Python 3.11, 3.12 or 3.13 with its venv module is needed and was not found."
        exit 1
    fi
}

# have_library FILE: true when the loader would find it.
have_library() {
    case "$libraries" in *"$1 "*) return 0 ;; esac
    return 1
}

ready_libraries() {
    ldconfig=$(command -v ldconfig || printf /sbin/ldconfig)
    libraries=$("$ldconfig" -p 2>/dev/null | awk '{printf "%s ", $1}')
    missing=""
    while read -r library package; do
        have_library "$library" || missing="$missing $package"
    done <<LIST
libGL.so.1 libgl1
libEGL.so.1 libegl1
libglib-2.0.so.0 libglib2.0-0
libxkbcommon.so.0 libxkbcommon0
libdbus-1.so.3 libdbus-1-3
libfontconfig.so.1 libfontconfig1
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-shape.so.0 libxcb-shape0
libxkbcommon-x11.so.0 libxkbcommon-x11-0
LIST
    if [ -z "$(find /usr/share/fonts /usr/local/share/fonts "$HOME/.fonts" "$HOME/.local/share/fonts" \
        \( -name '*.ttf' -o -name '*.otf' -o -name '*.ttc' \) 2>/dev/null | head -n 1)" ]; then
        missing="$missing fonts-dejavu-core"
    fi
    # shellcheck disable=SC2086 # a list of package names
    [ -z "$missing" ] || install_system $missing
}

# points_here: the environment runs the code of this folder.
points_here() { cat "$environment"/lib/python*/site-packages/social-inbox.pth 2>/dev/null | grep -qxF "$project"; }

# ready_environment FILE: the project's own environment holds exactly what the locked file names.
ready_environment() {
    stamp="$environment/installed-$wants"
    # A project that was moved finds its code elsewhere.
    if [ -x "$python" ] && [ -f "$stamp" ] && cmp -s "$stamp" "$1" && points_here; then return; fi
    ready_python
    # One that was stopped while it was made may lack pip.
    if ! [ -x "$python" ] || ! "$python" -c 'import pip' 2>/dev/null; then
        say "Making the project's environment with $("$base" --version 2>&1) ..."
        "$base" -m venv --clear "$environment" >&2
    fi
    say "Installing what the program needs (about a minute the first time) ..."
    "$python" -m pip install --disable-pip-version-check --no-warn-script-location --require-hashes --no-deps \
        --only-binary :all: --quiet -r "$1" >&2
    printf '%s\n' "$project" > "$("$python" -c 'import sysconfig; print(sysconfig.get_paths()["purelib"])')/social-inbox.pth"
    say "Compiling ..."
    # Templates that only look like Python are left out.
    "$python" -m compileall -q -j 0 -x '\.tmpl\.py$' "$environment"/lib/python*/site-packages >&2 || say "Some files could not be compiled; starting will be slower."
    cp "$1" "$stamp"
    # The development set holds the other one too.
    [ "$wants" = run ] || cp "$project/packaging/requirements.txt" "$environment/installed-run"
}

ready_libraries
if [ "$wants" = dev ]; then ready_environment "$project/packaging/requirements-dev.txt"
else ready_environment "$project/packaging/requirements.txt"; fi
# Compiled once and read by every later start; a file that did not change is passed over.
"$python" -m compileall -q "$project/inbox" >&2 || say "Some files could not be compiled; starting will be slower."
