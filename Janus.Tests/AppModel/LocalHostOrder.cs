using Janus.Tests.House;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Janus.Tests.AppModel;

/// <summary>In which order Janus.LocalHost starts the services, as its text says it: a statement waits for the one before.</summary>
internal static class LocalHostOrder
{
    /// <summary>Each service with the number of the statement that starts it; the same number is started together.</summary>
    public static IReadOnlyDictionary<string, int> Read()
    {
        var text = File.ReadAllText(Path.Combine(Solution.Root, "Janus.LocalHost", "JanusSystem.cs"));
        var root = CSharpSyntaxTree.ParseText(text).GetRoot();
        var started = root.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
            .Where(member => member.Expression.ToString() == "programs" && member.Name.Identifier.Text is "Migrations" or "Api" or "Worker" or "Web")
            .Select(member => (Service: NameOf(member.Name.Identifier.Text), At: member.Ancestors().OfType<StatementSyntax>().First().SpanStart));
        return started.ToDictionary(pair => pair.Service, pair => pair.At, StringComparer.Ordinal);
    }

    private static string NameOf(string program) => (string)typeof(Topology).GetField(program)!.GetRawConstantValue()!;
}
