#!/usr/bin/env bash
# Starts Janus: with the Aspire dashboard where the package feed has Aspire, else (or with --local) as plain processes.
# --traces beside plain processes prints each campaign's trace as a tree; the Aspire dashboard shows traces itself.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

if ! command -v dotnet >/dev/null 2>&1; then
  echo "Janus needs the .NET 10 SDK, and there is no 'dotnet' on the PATH: install it from https://dotnet.microsoft.com/download/dotnet/10.0" >&2
  exit 1
fi
if ! dotnet --version >/dev/null 2>&1; then
  echo "Janus needs the .NET 10 SDK, and the 'dotnet' on the PATH has none: install it from https://dotnet.microsoft.com/download/dotnet/10.0" >&2
  exit 1
fi

# A feed that was limited is asked again, so that a passing network fault does not stick.
if [ -z "${JANUS_FEED:-}" ] && grep -qs limited eng/.feed; then
  rm -f eng/.feed
fi

echo "Building Janus (the first time takes a minute or two) ..."
if ! built=$(dotnet build Janus.sln -v q 2>&1); then
  printf '%s\n' "$built" >&2
  exit 1
fi

local=false
for argument in "$@"; do
  if [ "$argument" = --local ]; then local=true; fi
done

if [ "$local" = false ]; then
  if [ "${JANUS_FEED:-$(cat eng/.feed)}" = full ]; then
    exec dotnet run --no-build --project Janus.AppHost -- "$@"
  fi
  echo "This machine's package feed lacks Aspire, so there is no dashboard: Janus starts as plain processes."
fi
exec dotnet Janus.LocalHost/bin/Debug/net10.0/Janus.LocalHost.dll "$@"
