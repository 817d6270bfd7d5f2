#!/bin/sh
# Prepares .venv and runs a command of the project in it; needs sh and a Python from 3.12 to 3.13, nothing else.
#
#   deploy/install.sh                   install what requirements/dev.txt asks for into .venv
#   deploy/install.sh run COMMAND...    the same, then run COMMAND with .venv's programs
#   deploy/install.sh browser           the same, then put a Chromium on the machine for the tests, if there is none
#   deploy/install.sh peers             the same, then add the engines that the benchmark measures the portal against
#   deploy/install.sh uv ARGUMENTS...   run uv, fetched into .uv if this machine has none
#   deploy/install.sh python            print the path of the interpreter that .venv is, or would be, made from
#
# PYTHON=/path/to/python chooses the interpreter. Nothing is written outside this folder, uv's cache and, for root
# only, Debian's Chromium for the tests.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
cd "$here"
requirements=requirements/dev.txt
mark=.venv/installed-requirements

say() { printf '%s\n' "$*" >&2; }

# The home folder, even where HOME is unset; empty where there is none.
home_folder() {
    if [ -n "${HOME:-}" ]; then
        printf '%s' "$HOME"
    else
        eval "printf '%s' ~$(id -un)" 2>/dev/null || :
    fi
}

# True if "$1" runs and is a Python that the locked requirements were resolved for. Being found is not enough: the
# shims of pyenv answer for versions that are not there.
suits() {
    "$1" -I -c 'import sys; sys.exit(not (3, 12) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1
}

# Prints the absolute path of a suitable interpreter.
find_python() {
    if [ -n "${PYTHON:-}" ]; then
        suits "$PYTHON" || { say "PYTHON=$PYTHON : ce n'est pas un Python 3.12 ou 3.13."; return 1; }
        set -- "$PYTHON"
    else
        pyenv=${PYENV_ROOT:-$(home_folder)/.pyenv}
        set -- python3.12 python3.13 python3 \
            "$pyenv"/versions/3.12*/bin/python3 "$pyenv"/versions/3.13*/bin/python3 \
            /usr/local/bin/python3.12 /usr/local/bin/python3.13
    fi
    for candidate in "$@"; do
        if suits "$candidate"; then
            "$candidate" -I -c 'import sys; print(sys.executable)'
            return 0
        fi
    done
    return 1
}

# Prints the path of a uv that works: this machine's, or ours in .uv.
find_uv() {
    if uv --version >/dev/null 2>&1; then
        command -v uv
        return 0
    fi
    if ! .uv/bin/uv --version >/dev/null 2>&1; then
        base=$(find_python || find_any_python) || {
            say "Aucun Python trouvé. Installez Python 3.12, ou donnez son chemin : PYTHON=/chemin/python3.12 make demo"
            return 1
        }
        say "Installation de uv dans .uv"
        rm -rf .uv
        "$base" -m venv .uv >&2 || {
            say "Ce Python ne sait pas créer d'environnement : installez le paquet python3-venv."
            return 1
        }
        .uv/bin/python -m pip install -qq --disable-pip-version-check --no-deps --require-hashes \
            -r requirements/uv.txt >&2
    fi
    printf '%s\n' "$here/.uv/bin/uv"
}

# Any Python 3 will do to fetch uv, which can then fetch a suitable one.
find_any_python() {
    for candidate in python3 python3.11 python3.10 python; do
        if "$candidate" -I -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 8))' >/dev/null 2>&1; then
            printf '%s\n' "$candidate"
            return 0
        fi
    done
    return 1
}

# Brings .venv to what the requirement file says, if the file or the interpreter changed since.
install() {
    wanted="$(cksum <"$requirements") ${PYTHON:-}"
    if [ -f "$mark" ] && [ "$(cat "$mark")" = "$wanted" ] && suits .venv/bin/python; then
        return 0
    fi
    uv=$(find_uv)
    # Certificates of the machine: a bare environment names none.
    UV_SYSTEM_CERTS=1
    UV_NO_PROGRESS=1
    export UV_SYSTEM_CERTS UV_NO_PROGRESS
    if ! suits .venv/bin/python || [ -n "${PYTHON:-}" ]; then
        if python=$(find_python); then
            "$uv" venv --quiet --clear --no-python-downloads --python "$python" .venv
        elif [ -n "${PYTHON:-}" ]; then
            return 1
        else
            say "Aucun Python 3.12 ou 3.13 sur cette machine : uv en télécharge un."
            "$uv" venv --quiet --clear --python 3.12 .venv || {
                say "Échec du téléchargement. Installez Python 3.12, ou donnez son chemin : PYTHON=/chemin/python3.12"
                return 1
            }
        fi
    fi
    say "Installation des dépendances dans .venv"
    "$uv" pip sync --quiet --require-hashes --python .venv/bin/python "$requirements"
    printf '%s\n' "$wanted" >"$mark"
}

# Adds what requirements/bench.txt asks for to .venv, if the file changed or .venv was made anew.
install_peers() {
    peers=.venv/installed-peers
    wanted="$(cksum <requirements/bench.txt) $(cat "$mark")"
    if [ -f "$peers" ] && [ "$(cat "$peers")" = "$wanted" ]; then
        return 0
    fi
    uv=$(find_uv)
    say "Installation des autres moteurs dans .venv"
    UV_SYSTEM_CERTS=1 UV_NO_PROGRESS=1 "$uv" pip install --quiet --require-hashes --python .venv/bin/python \
        -r requirements/bench.txt
    printf '%s\n' "$wanted" >"$peers"
}

has_chromium() {
    [ -n "${CAMINS_CHROMIUM:-}" ] && return 0
    for name in chromium chromium-browser google-chrome-stable google-chrome; do
        command -v "$name" >/dev/null 2>&1 && return 0
    done
    .venv/bin/python -I -c '
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    sys.exit(not pathlib.Path(p.chromium.executable_path).exists())' >/dev/null 2>&1
}

# Puts a Chromium on the machine where that is possible; without one, browser tests say why they are skipped.
install_chromium() {
    has_chromium && return 0
    say "Installation de Chromium pour les tests"
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        export DEBIAN_FRONTEND=noninteractive
        { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; } >&2 && return 0
    fi
    .venv/bin/python -m playwright install chromium >&2 || say "Chromium n'a pas pu être installé."
}

case "${1:-install}" in
    install) install ;;
    run)
        shift
        install
        PATH=$here/.venv/bin:$PATH
        # Compiled modules are kept beside nothing of yours, and kept even where the environment asks to write none:
        # without them every process would compile Django anew.
        unset PYTHONDONTWRITEBYTECODE
        PYTHONPYCACHEPREFIX=$here/.var/pycache
        export PATH PYTHONPYCACHEPREFIX
        exec "$@"
        ;;
    browser)
        install
        install_chromium
        ;;
    peers)
        install
        install_peers
        ;;
    uv)
        shift
        uv=$(find_uv)
        UV_SYSTEM_CERTS=1 exec "$uv" "$@"
        ;;
    python)
        find_python || {
            say "Aucun Python 3.12 ou 3.13 sur cette machine."
            exit 1
        }
        ;;
    *)
        say "Usage : deploy/install.sh [install | run COMMANDE | browser | peers | uv ARGUMENTS | python]"
        exit 2
        ;;
esac
