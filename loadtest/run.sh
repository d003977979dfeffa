#!/usr/bin/env bash
# make loadtest: builds k6 with loadtest/xk6-live in it, then runs one profile against a hub of its own on 127.0.0.0/8.
#   PROFILE=short|reopening|storm|slow|hostile   SOCKETS=<viewers>   K6=<binary that has k6/x/live>   RESULTS=<folder>
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/node_modules/.bin:$PATH"

if [[ -z "${K6:-}" ]]; then
  command -v go >/dev/null || {
    echo "There is no Go to build k6 with. Install Go 1.25 or newer and run this again, or set K6 to a binary that has k6/x/live." >&2
    exit 1
  }
  K6="$PWD/node_modules/.cache/jitasa-k6/k6"
  [[ -x "$K6" ]] || echo "building k6 with loadtest/xk6-live (the first time some two minutes)"
  # Go builds again only what has changed; versions are those of go.sum.
  go -C loadtest/xk6-live build -o "$K6" ./k6
fi
export K6
exec node loadtest/surge/main.ts
