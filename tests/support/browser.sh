#!/usr/bin/env bash
# Makes sure that a Chromium is here for the browser tests: $CHROMIUM, one in PATH, or one installed with apt-get.
set -euo pipefail

found() {
  if [ -n "${CHROMIUM:-}" ]; then
    [ -x "$CHROMIUM" ] && return 0
    echo "CHROMIUM is set to $CHROMIUM, which is not a program. Correct it, or unset it to use one from PATH." >&2
    exit 1
  fi
  command -v chromium-headless-shell || command -v chromium || command -v chromium-browser || command -v google-chrome
} >/dev/null

found && exit 0

help="The browser tests need Chromium. Install it (Debian: apt-get install chromium-headless-shell; macOS: brew install --cask chromium), or set CHROMIUM to the path of a Chromium or Chrome."

if ! command -v apt-get >/dev/null; then
  echo "$help" >&2
  exit 1
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! sudo -n true 2>/dev/null; then
    echo "$help" >&2
    exit 1
  fi
  as_root=(sudo -n env DEBIAN_FRONTEND=noninteractive)
fi

echo "Installing Chromium for the browser tests…"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
install() { "${as_root[@]}" apt-get install -qq -y --no-install-recommends "$1"; }
if ! { "${as_root[@]}" apt-get update -qq && { install chromium-headless-shell || install chromium; }; } >"$log" 2>&1; then
  tail -n 5 "$log" >&2
  echo "$help" >&2
  exit 1
fi
hash -r
if ! found; then
  echo "$help" >&2
  exit 1
fi
