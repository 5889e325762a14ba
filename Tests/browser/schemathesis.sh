#!/bin/bash
# Lets schemathesis try every operation of the API description on a scratch server with raised limits, as an administrator.
# `schemathesis.sh 50` sets the examples an operation; its closing line counts what was found.
set -euo pipefail
cd "$(dirname "$0")/../.."
export PYTHONDONTWRITEBYTECODE=1
exec .build/venv/bin/python Tests/browser/fuzz.py "${1:-50}"
