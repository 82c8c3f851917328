using System.Text.Encodings.Web;
using System.Text.Json;

namespace Janus.DevTools.FakeGemini.Answers;

/// <summary>How answers are written.</summary>
internal static class AnswerJson
{
    /// <summary>Only what JSON itself forbids is escaped, as the real service does; base64 and letters stay as they are.</summary>
    public static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
