#!/usr/bin/env bash
# The checks of k6's extension: its format, what vet finds, its tests. `test.sh ./wire ./crowd`: of these packages alone, without k6's own modules.
set -euo pipefail
cd "$(dirname "$0")"
[[ $# -gt 0 ]] || set -- ./...
unformatted="$(gofmt -l .)"
[[ -z "$unformatted" ]] || {
  echo "not as gofmt writes it: $unformatted" >&2
  exit 1
}
go vet "$@"
go test "$@"
