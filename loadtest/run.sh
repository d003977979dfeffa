#!/usr/bin/env bash
# make loadtest: finds or builds k6, then runs one profile against a hub of its own on 127.0.0.0/8.
#   PROFILE=short|reopening|storm|slow|hostile   SOCKETS=<viewers>   K6=<binary>   RESULTS=<folder>
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/node_modules/.bin:$PATH"
version=v2.1.0
cache="$PWD/node_modules/.cache/jitasa-k6"

build() {
  command -v go >/dev/null || {
    echo "There is no k6 and no Go to build it with. Install k6 2.x (its package, or Go 1.24+ and run this again), or set K6 to a binary." >&2
    return 1
  }
  mkdir -p "$cache"
  echo "There is no k6: go install go.k6.io/k6/v2@$version (once; a few minutes)"
  GOBIN="$cache" go install "go.k6.io/k6/v2@$version" && return
  echo "go install failed; building the same version of the module in a module of its own"
  local folder
  folder="$(mktemp -d)"
  printf 'module loadtest\n\ngo 1.24\n\nrequire go.k6.io/k6/v2 %s\n' "$version" >"$folder/go.mod"
  printf '//go:build tools\n\npackage tools\n\nimport _ "go.k6.io/k6/v2"\n' >"$folder/tools.go"
  local failed=0
  (cd "$folder" && GOSUMDB=off GOFLAGS=-mod=mod go build -o "$cache/k6" go.k6.io/k6/v2) || failed=1
  rm -rf "$folder"
  [[ $failed == 0 ]] || echo "k6 could not be built. Install k6 2.x by its package, or set K6 to a binary." >&2
  return $failed
}

if [[ -z "${K6:-}" ]]; then
  if command -v k6 >/dev/null && k6 version | grep -q '^k6 v2\.'; then
    K6="$(command -v k6)"
  else
    [[ -x "$cache/k6" ]] || build
    K6="$cache/k6"
  fi
fi
export K6
exec node loadtest/surge/main.ts
