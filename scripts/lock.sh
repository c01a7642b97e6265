#!/bin/sh
# Pin every dependency by hash: requirements.lock (what runs), requirements-dev.lock (that, and what checks it) and
# requirements-bench.lock (what runs, and the peers that it is measured against).
# Valid for Python 3.11–3.14 on Linux and macOS. No index is named in them: pip asks the one that it is set up for.
set -eu
cd "$(dirname "$0")/.."
compile() {
    uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-header \
        --no-annotate --no-emit-index-url --no-emit-find-links --extra postgres "$@"
}
compile --group build --output-file requirements.lock
compile --group dev --constraint requirements.lock --output-file requirements-dev.lock
compile --group bench --constraint requirements-dev.lock --output-file requirements-bench.lock
if grep -n -i -E 'https?://|^--(index|extra|find|trusted)' requirements*.lock; then
    echo "A lock names an index. Run again with no index set in the environment of uv." >&2
    exit 1
fi
