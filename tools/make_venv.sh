#!/usr/bin/env bash
# Make the virtual environment named by the one argument, or say in one line what is missing.
set -euo pipefail

venv=$1
python=${PYTHON:-python3}

fail() {
    echo "quanheng: $1" >&2
    exit 1
}

command -v "$python" >/dev/null || fail "no '$python' found; install Python 3.11 or newer (package python3), or set PYTHON"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "$("$python" --version) is too old; install Python 3.11 or newer, or call 'make PYTHON=python3.11 …'"

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    # Debian ships the module in a package of its own.
    package=$("$python" -c 'import sys; print(f"python3.{sys.version_info.minor}-venv")')
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null
    else
        fail "the module venv is missing; install the package $package"
    fi
fi

"$python" -m venv --clear "$venv"
