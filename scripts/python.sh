#!/bin/sh
# Run a script with the best Python of this machine: `sh scripts/python.sh SCRIPT ARGUMENTS…`.
# Best is: 3.11 to 3.14, able to make virtual environments, and python3 itself if it will do. PYTHON=… overrides.
set -u
PROBE='import sys
if not (3, 11) <= sys.version_info[:2] <= (3, 14): sys.exit(1)
try: import ensurepip, venv
except ImportError: sys.exit(2)'

without_venv=
seen=
for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
    command -v "$candidate" >/dev/null 2>&1 || continue
    "$candidate" -c "$PROBE" >/dev/null 2>&1
    case $? in
        0) exec "$candidate" "$@" ;;
        2) without_venv=${without_venv:-$candidate} ;;
        *) seen="$seen $candidate is $("$candidate" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || echo "not working");" ;;
    esac
done

[ -n "$without_venv" ] && exec "$without_venv" "$@"
{
    echo "TechAMP needs Python 3.11, 3.12, 3.13 or 3.14, and this machine has none.${seen:+ Found:${seen%;}.}"
    echo "Install one (Debian or Ubuntu: sudo apt install python3.12 python3.12-venv, or python3 python3-venv where that"
    echo "is new enough; macOS: brew install python@3.12), or name one: make PYTHON=/path/to/python3.12 …"
} >&2
exit 2
