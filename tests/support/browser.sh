#!/usr/bin/env bash
# Makes sure that the browser tests have what they run in: a Chromium ($CHROMIUM, one in PATH, or one installed with
# apt-get) and, where Debian has it, the headless shell, in which most of them take two thirds of the time.
set -euo pipefail

if [ -n "${CHROMIUM:-}" ]; then
  [ -x "$CHROMIUM" ] && exit 0
  echo "CHROMIUM is set to $CHROMIUM, which is not a program. Correct it, or unset it to use one from PATH." >&2
  exit 1
fi

whole() { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null
shell() { command -v chromium-headless-shell; } >/dev/null

whole && shell && exit 0

help="The browser tests need Chromium. Install it (Debian, Ubuntu: apt-get install chromium; macOS: brew install --cask chromium), or set CHROMIUM to the path of a Chromium or Chrome."

as_root=()
if [ "$(id -u)" -ne 0 ]; then as_root=(sudo -n env DEBIAN_FRONTEND=noninteractive); fi
if ! command -v apt-get >/dev/null || { [ "$(id -u)" -ne 0 ] && ! sudo -n true 2>/dev/null; }; then
  whole && exit 0
  echo "$help" >&2
  exit 1
fi

echo "Installing Chromium for the browser tests…"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
install() { "${as_root[@]}" apt-get install -qq -y --no-install-recommends "$1" >>"$log" 2>&1; }
"${as_root[@]}" apt-get update -qq >"$log" 2>&1 || true
shell || install chromium-headless-shell || echo "There is no headless shell to install: the tests run in the whole browser, and longer."
whole || install chromium || true
hash -r
if ! whole; then
  tail -n 5 "$log" >&2
  echo "$help" >&2
  exit 1
fi
