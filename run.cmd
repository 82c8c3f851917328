@echo off
rem Starts Janus: with the Aspire dashboard where the package feed has Aspire, else (or with --local) as plain processes.
rem --traces beside plain processes prints each campaign's trace as a tree; the Aspire dashboard shows traces itself.
setlocal
cd /d "%~dp0"

dotnet --version >nul 2>&1
if errorlevel 1 (
  echo Janus needs the .NET 10 SDK: install it from https://dotnet.microsoft.com/download/dotnet/10.0 1>&2
  exit /b 1
)

rem A feed that was limited is asked again, so that a passing network fault does not stick.
if not defined JANUS_FEED if exist eng\.feed (
  findstr /c:"limited" eng\.feed >nul && del eng\.feed
)

echo Building Janus (the first time takes a minute or two) ...
set "log=%TEMP%\janus-build-%RANDOM%.log"
dotnet build Janus.sln -v q >"%log%" 2>&1
if errorlevel 1 (
  type "%log%" 1>&2
  del "%log%"
  exit /b 1
)
del "%log%"

for %%a in (%*) do if "%%~a"=="--local" goto processes

set "feed=%JANUS_FEED%"
if not defined feed set /p feed=<eng\.feed
if "%feed%"=="full" (
  dotnet run --no-build --project Janus.AppHost -- %*
  exit /b
)
echo This machine's package feed lacks Aspire, so there is no dashboard: Janus starts as plain processes.

:processes
dotnet Janus.LocalHost\bin\Debug\net10.0\Janus.LocalHost.dll %*
exit /b
