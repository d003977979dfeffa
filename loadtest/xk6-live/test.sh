#!/usr/bin/env bash
# The checks of k6's extension: its format, what vet finds, its tests.
set -euo pipefail
cd "$(dirname "$0")"
unformatted="$(gofmt -l .)"
[[ -z "$unformatted" ]] || {
  echo "not as gofmt writes it: $unformatted" >&2
  exit 1
}
go vet ./...
go test ./...
