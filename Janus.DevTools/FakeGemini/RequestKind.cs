namespace Janus.DevTools.FakeGemini;

/// <summary>What a request is for; the model that it names decides.</summary>
internal enum RequestKind
{
    /// <summary>Text or JSON.</summary>
    Text,

    /// <summary>A picture.</summary>
    Image,
}

/// <summary>The kinds as scripts and the journal write them.</summary>
internal static class RequestKindNames
{
    public static string Word(this RequestKind kind) => kind == RequestKind.Image ? "image" : "text";
}
