#!/bin/bash
# The server, met as people meet it: through Chromium, a mail folder and the API. `run.sh` is the part that every test run includes;
# `--all` adds all pages, widths and schemes on both databases; `--screenshots` writes the pictures in docs/images from the demo's data.
set -euo pipefail
cd "$(dirname "$0")/../.."
export PYTHONDONTWRITEBYTECODE=1
exec .build/venv/bin/python Tests/browser/main.py "$@"
