#!/usr/bin/env bash
# Builds Janus and runs every test that this machine can run. The last line is "N passed, N failed, N skipped".
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# What the tests need beyond the .NET SDK; installed here where it can be. Without it they skip and say so.
install_what_tests_need() {
  install_browser || echo "No browser: install chromium, chromium-browser or google-chrome, or the browser tests are skipped."
  install_from_npm || echo "No axe-core and no ical.js: install Node.js with npm and reach its registry, or the tests of accessibility and of calendar files are skipped."
  install_postgres || echo "No PostgreSQL: install postgresql, or everything about it is skipped."
  has python3 || echo "No Python: install python3, or the tests that read tables back are skipped."
}

has() {
  command -v "$1" >/dev/null
}

# The browser without its windows does the same in two thirds of the time. The fonts make the pages look as designed, pictures in text included.
install_browser() {
  if has chromium-headless-shell; then return 0; fi
  if install_packages "Chromium and its fonts for the browser tests" chromium-headless-shell fonts-inter fonts-noto-color-emoji 2>/dev/null; then return 0; fi
  if has chromium || has chromium-browser || has google-chrome; then return 0; fi
  install_packages "Chromium and its fonts for the browser tests" chromium fonts-inter fonts-noto-color-emoji
}

# Only the programs: the tests start servers of their own.
install_postgres() {
  if has_postgres; then return 0; fi
  if [ "$(id -u)" = 0 ] && has apt-get; then
    mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] || echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.conf
  fi
  install_packages "PostgreSQL for the tests against it" postgresql
}

# What it is for, and the packages.
install_packages() {
  local what=$1
  shift
  if [ "$(id -u)" != 0 ] || ! has apt-get; then return 1; fi
  echo "Installing $what."
  apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

has_postgres() {
  has initdb || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1
}

# Asked of npm only when the lock is newer than what is installed: without a network, what is there stays.
install_from_npm() (
  cd Janus.Tests/Browser || return 1
  if [ node_modules/.package-lock.json -nt package-lock.json ]; then return 0; fi
  has npm || return 1
  npm ci --no-audit --no-fund --ignore-scripts --silent
)

# Most of a test run is processes that start, and most of a start is compiling: done once for all of them, it takes a minute and saves several.
compile_ahead() {
  dotnet msbuild eng/precompile -restore -v:q
}

# A feed that was limited is asked again, so that a passing network fault does not stick.
if [ -z "${JANUS_FEED:-}" ] && grep -qs limited eng/.feed; then
  rm -f eng/.feed
fi

# Every process here lives for seconds or minutes: what the compiler would learn about it comes too late, and costs a tenth of the run.
export DOTNET_TieredPGO=0

install_what_tests_need
dotnet build Janus.sln -v q
compile_ahead || echo "Not compiled ahead: the compiler's package could not be had, so the tests take longer."

rm -rf TestResults
tests=0
dotnet test Janus.sln --no-build --logger trx --results-directory TestResults || tests=$?

# What the domain, the engine and the API do must be the same on PostgreSQL, also when processes are killed at
# random; what is about SQLite's own files and locks says so by a trait.
if has_postgres; then
  integration='Engine. Arrows. Planning. Spending. Scheduling. Api. Access.AuditTests Access.SignInTests Systems.CrashMatrixTests.Killed_at_random Systems.ManyWorkersTests'
  filter=$(for part in $integration; do printf '|FullyQualifiedName~Janus.Tests.%s' "$part"; done)
  JANUS_TEST_DATABASE=postgres dotnet test Janus.Tests --no-build --logger trx --results-directory TestResults --filter "(${filter#|})&Database!=sqlite" || tests=$?
fi

report=0
dotnet Janus.DevTools/bin/Debug/net10.0/Janus.DevTools.dll test-report TestResults/*.trx || report=$?
exit $((report != 0 ? report : tests))
