namespace Janus.DevTools.FakeGemini.Script;

/// <summary>A script makes no sense; the message says which entry and why.</summary>
internal sealed class ScriptException(string message) : Exception(message);
