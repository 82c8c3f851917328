#!/usr/bin/env bash
# Builds Janus and runs every test that this machine can run. The last line is "N passed, N failed, N skipped".
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# What the tests need beyond the .NET SDK; installed here where it can be.
install_what_tests_need() {
  :
}

# A feed that was limited is asked again, so that a passing network fault does not stick.
if [ -z "${JANUS_FEED:-}" ] && grep -qs limited eng/.feed; then
  rm -f eng/.feed
fi

install_what_tests_need
dotnet build Janus.sln -v q

rm -rf TestResults
tests=0
dotnet test Janus.sln --no-build --logger trx --results-directory TestResults || tests=$?

report=0
dotnet Janus.DevTools/bin/Debug/net10.0/Janus.DevTools.dll test-report TestResults/*.trx || report=$?
exit $((report != 0 ? report : tests))
