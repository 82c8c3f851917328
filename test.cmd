@echo off
rem Builds Janus and runs every test that this machine can run. The last line is "N passed, N failed, N skipped".
setlocal
rem The browser tests need chrome.exe, chromium.exe or msedge.exe on PATH and "npm ci" in Janus.Tests\Browser; they skip without them.
cd /d "%~dp0"

rem A feed that was limited is asked again, so that a passing network fault does not stick.
if not defined JANUS_FEED if exist eng\.feed (
  findstr /c:"limited" eng\.feed >nul && del eng\.feed
)

dotnet build Janus.sln -v q
if errorlevel 1 exit /b 1

dotnet msbuild eng\precompile -restore -v:q
if errorlevel 1 echo Not compiled ahead: the compiler's package could not be had, so the tests take longer.

if exist TestResults rmdir /s /q TestResults
dotnet test Janus.sln --no-build --logger trx --results-directory TestResults
set tests=%errorlevel%
rem test.sh runs what must be the same on PostgreSQL a second time, on a server whose start needs a Unix shell.

dotnet Janus.DevTools\bin\Debug\net10.0\Janus.DevTools.dll test-report TestResults
if errorlevel 1 exit /b 1
exit /b %tests%
