#!/usr/bin/env bash
# Makes sure that the chaos tests can move a process's clock: libfaketime, installed with apt-get where that works.
# Without it they say that they leave out the clock, and go on.
set -uo pipefail
compgen -G "/usr/lib/*/faketime/libfaketime.so.1" >/dev/null && exit 0
as_root=()
if [ "$(id -u)" -ne 0 ]; then as_root=(sudo -n env DEBIAN_FRONTEND=noninteractive); fi
if command -v apt-get >/dev/null && { [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null; }; then
  export DEBIAN_FRONTEND=noninteractive
  "${as_root[@]}" apt-get update -qq >/dev/null 2>&1
  "${as_root[@]}" apt-get install -qq -y --no-install-recommends libfaketime >/dev/null 2>&1 && exit 0
fi
echo "There is no libfaketime (Debian, Ubuntu: apt-get install libfaketime): clocks are left out." >&2
