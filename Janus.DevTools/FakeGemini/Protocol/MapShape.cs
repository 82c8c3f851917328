using System.Text.Json;

namespace Janus.DevTools.FakeGemini.Protocol;

/// <summary>Values of one shape under names of the sender's own.</summary>
internal sealed record MapShape(Shape Value) : Shape
{
    public override void Check(JsonElement value, string path, Violations violations)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Invalid(value, path, "TYPE_MESSAGE", violations);
            return;
        }

        foreach (var member in value.EnumerateObject())
            Value.Check(member.Value, $"{path}.{member.Name}", violations);
    }
}
