#!/bin/sh
# Set Alongside up: tools/setup.sh run|test|bench
#   run    what the product needs
#   test   what the tests need as well (Python packages, Postfix, Dovecot, swaks, Pango, Chromium)
#   bench  what the bench needs on top of that (notmuch and mu, to measure beside)
# Debian packages that are missing are installed when this runs as root on Debian; otherwise it says
# which they are. Nothing is started, and nothing outside .venv is touched besides.
set -eu
cd "$(dirname "$0")/.."
want=${1:-run}
python=${PYTHON:-python3}

say() { printf '%s\n' "$*" >&2; }
fail() { say "setup: $1"; shift; for line; do say "    $line"; done; exit 2; }

# --- Debian packages -----------------------------------------------------------------------------

on_debian() { [ -e /etc/debian_version ] && command -v apt-get >/dev/null; }

install() (  # install WHY PACKAGE...
    why=$1; shift
    on_debian || fail "missing: $why" "install it with your system's packages; on Debian: $*"
    [ "$(id -u)" = 0 ] || fail "missing: $why" "as root: apt-get install $*"
    say "setup: installing $* ($why)"
    # Nothing asks questions, and no service starts by being installed: the tests start their own.
    export DEBIAN_FRONTEND=noninteractive
    log=$(mktemp)
    trap 'rm -f "$log"' EXIT
    rc=/usr/sbin/policy-rc.d
    if [ ! -e $rc ]; then
        trap 'rm -f "$log" /usr/sbin/policy-rc.d' EXIT
        printf '#!/bin/sh\nexit 101\n' > $rc
        chmod 755 $rc
    fi
    if command -v debconf-set-selections >/dev/null; then
        echo 'postfix postfix/main_mailer_type select No configuration' | debconf-set-selections
    fi
    { apt-get -q update && apt-get -q -y install --no-install-recommends "$@"; } >"$log" 2>&1 || {
        tail -20 "$log" >&2
        fail "apt-get could not install $*" "mend that, then run this again"
    }
)

need() {  # need PROGRAM PACKAGE: adds to $packages when the program is not there
    [ -x "/usr/sbin/$1" ] || [ -x "/usr/lib/$1" ] || command -v "$1" >/dev/null || packages="$packages $2"
}

need_library() {  # need_library FILE PACKAGE: the same for a shared library
    for found in /lib/*/"$1" /usr/lib/*/"$1" /usr/lib/"$1"; do
        [ ! -e "$found" ] || return 0
    done
    packages="$packages $2"
}

command -v "$python" >/dev/null || install "Python 3.11 or newer" python3 python3-venv
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "$("$python" --version) is too old: Alongside needs 3.11 or newer" \
         "name another with: make PYTHON=/path/to/python3.11 ..."

packages=""
if [ "$want" = bench ]; then
    need notmuch notmuch
    need mu maildir-utils
    want=test
fi
if [ "$want" = test ]; then
    need postfix postfix
    need dovecot/imap dovecot-imapd
    need dovecot/lmtp dovecot-lmtpd
    need swaks swaks
    need chromium chromium
    need_library libpango-1.0.so.0 libpango-1.0-0
    need_library libpangoft2-1.0.so.0 libpangoft2-1.0-0
fi
# shellcheck disable=SC2086  # a list of words
[ -z "$packages" ] || install "programs and libraries to test and measure with" $packages

# --- Python packages -----------------------------------------------------------------------------

digest() {
    { cat uv.lock requirements.txt requirements-dev.txt pyproject.toml; grep -m1 '^## ' CHANGELOG.md; pwd; } |
        "$python" -c 'import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())'
}
lock=$(digest)
stamped() { [ -x .venv/bin/alongside ] && [ "$(cat ".venv/.set-up-for-$1" 2>/dev/null)" = "$lock" ]; }

if stamped "$want" || stamped test; then exit 0; fi

if command -v uv >/dev/null; then
    say "setup: installing Python packages into .venv (uv, versions of uv.lock)"
    groups=$([ "$want" = test ] || echo --no-dev)
    # shellcheck disable=SC2086  # one word or none
    # Its own package anew: a build that uv kept may point at another checkout.
    uv sync --quiet --frozen --reinstall-package alongside --python "$python" $groups
else
    "$python" -c 'import venv, ensurepip' 2>/dev/null ||
        install "Python's venv module" python3-venv
    say "setup: installing Python packages into .venv (pip, versions and hashes of uv.lock)"
    [ -x .venv/bin/pip ] || "$python" -m venv .venv
    file=$([ "$want" = test ] && echo requirements-dev.txt || echo requirements.txt)
    pip=".venv/bin/pip --quiet --disable-pip-version-check --no-input"
    $pip install --use-pep517 --require-hashes -r "$file"
    $pip install --no-deps -e .
fi
rm -f .venv/.set-up-for-*
echo "$lock" > ".venv/.set-up-for-$want"
