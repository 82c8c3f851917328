using Janus.Tests.House;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Janus.Tests.AppModel;

/// <summary>What the AppHost does to one resource.</summary>
/// <param name="Name">The resource's name.</param>
/// <param name="Project">The project that it runs.</param>
internal sealed record AppResource(string Name, string Project)
{
    public List<string> Arguments { get; } = [];

    /// <summary>The environment variables that it is given by name.</summary>
    public HashSet<string> Variables { get; } = [];

    /// <summary>The resources that it is referred to.</summary>
    public HashSet<string> References { get; } = [];

    /// <summary>The resources that it waits for.</summary>
    public HashSet<string> Waits { get; } = [];

    public List<string> HealthPaths { get; } = [];

    /// <summary>The paths of its buttons.</summary>
    public List<string> Commands { get; } = [];
}

/// <summary>
/// The AppHost as its text says it, because it cannot be compiled where Aspire cannot be restored. Chains of calls are followed into the extension
/// methods beside AppHost.cs; constants of Topology are read from the Topology that LocalHost was compiled with.
/// </summary>
internal sealed class AppHostSource
{
    private readonly Dictionary<string, MethodDeclarationSyntax> _methods;
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AppResource> _resources = new(StringComparer.Ordinal);

    private AppHostSource(IReadOnlyDictionary<string, string> files)
    {
        Files = files;
        var trees = files.ToDictionary(file => file.Key, file => CSharpSyntaxTree.ParseText(file.Value).GetRoot(), StringComparer.Ordinal);
        _methods = trees.Values.SelectMany(tree => tree.DescendantNodes()).OfType<MethodDeclarationSyntax>()
            // A partial method is announced where it is called, and its body may be in a file that this build leaves out.
            .Where(method => method.Body is not null || method.ExpressionBody is not null)
            .ToDictionary(method => method.Identifier.Text, StringComparer.Ordinal);
        foreach (var statement in trees["AppHost.cs"].DescendantNodes().OfType<GlobalStatementSyntax>())
            Read(statement);
    }

    /// <summary>The files' texts, by name.</summary>
    public IReadOnlyDictionary<string, string> Files { get; }

    public IReadOnlyDictionary<string, AppResource> Resources => _resources;

    /// <summary>The files as they lie on disk, without Topology.cs.</summary>
    public static Dictionary<string, string> OnDisk() => Directory.GetFiles(Path.Combine(Solution.Root, "Janus.AppHost"), "*.cs")
        .Where(file => Path.GetFileName(file) != "Topology.cs")
        .ToDictionary(file => Path.GetFileName(file), File.ReadAllText, StringComparer.Ordinal);

    public static AppHostSource Parse(IReadOnlyDictionary<string, string> files) => new(files);

    /// <summary>A constant of Topology by its path, such as <c>Topology.Variables.Urls</c>; null when an expression names none.</summary>
    public static string? ConstantOf(ExpressionSyntax expression)
    {
        if (expression.ToString().Split('.') is not ["Topology", .. var within, var name])
            return null;
        var type = within.Aggregate(typeof(Topology), (outer, inner) => outer.GetNestedType(inner) ?? throw new InvalidOperationException($"Topology has no {inner}."));
        return type.GetField(name)?.GetRawConstantValue()?.ToString();
    }

    private void Read(GlobalStatementSyntax statement)
    {
        var declared = statement.DescendantNodes().OfType<VariableDeclaratorSyntax>().FirstOrDefault();
        var expression = declared?.Initializer?.Value ?? (statement.Statement as ExpressionStatementSyntax)?.Expression;
        if (expression is null)
            return;

        var calls = Chain(expression);
        if (calls is [])
            return;
        var first = calls[0];
        if (NameOf(first) == "AddProject")
            Add(first);
        else if (declared is not null && _methods.TryGetValue(NameOf(first), out var method) && Named(method, "AddConnectionString") is { } connection)
            _variables[declared.Identifier.Text] = connection;

        var resource = NameOf(first) == "AddProject" ? Argument(first, 0) : _variables.GetValueOrDefault(Receiver(first));
        if (resource is null || !_resources.TryGetValue(resource, out var known))
            return;
        if (declared is not null)
            _variables[declared.Identifier.Text] = resource;
        foreach (var call in calls)
            Apply(known, call, _variables);
    }

    private void Add(InvocationExpressionSyntax call)
    {
        var project = call.DescendantNodes().OfType<GenericNameSyntax>().First().TypeArgumentList.Arguments[0].ToString();
        var name = Argument(call, 0) ?? throw new InvalidOperationException($"{call} takes its name from elsewhere than Topology.");
        _resources.Add(name, new AppResource(name, project.Replace("Projects.", "", StringComparison.Ordinal).Replace('_', '.')));
    }

    private void Apply(AppResource resource, InvocationExpressionSyntax call, Dictionary<string, string> scope)
    {
        var name = NameOf(call);
        var argument = call.ArgumentList.Arguments.FirstOrDefault()?.Expression;
        if (_methods.TryGetValue(name, out var method))
        {
            // Beside the receiver, a parameter stands for what is handed over.
            var inner = method.ParameterList.Parameters.Skip(1).Zip(call.ArgumentList.Arguments)
                .Where(pair => scope.ContainsKey(pair.Second.ToString()))
                .ToDictionary(pair => pair.First.Identifier.Text, pair => scope[pair.Second.ToString()], StringComparer.Ordinal);
            foreach (var within in method.DescendantNodes().OfType<InvocationExpressionSyntax>())
                Apply(resource, within, inner);
            return;
        }

        switch (name)
        {
            case "WithArgs":
                resource.Arguments.Add(Known(argument));
                break;
            case "WithEnvironment":
                resource.Variables.Add(Known(argument));
                break;
            case "WithReference":
                resource.References.Add(scope[argument!.ToString()]);
                break;
            case "WaitFor" or "WaitForCompletion":
                resource.Waits.Add(scope[argument!.ToString()]);
                break;
            case "WithHttpHealthCheck":
                resource.HealthPaths.Add(Known(argument));
                break;
            case "WithHttpCommand":
                resource.Commands.Add(Known(argument));
                break;
        }
    }

    private static string Known(ExpressionSyntax? argument) =>
        (argument is null ? null : ConstantOf(argument)) ?? throw new InvalidOperationException($"'{argument}' is no constant of Topology.");

    private static string? Named(MethodDeclarationSyntax method, string call) =>
        method.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(inner => NameOf(inner) == call).Select(inner => Argument(inner, 0)).FirstOrDefault();

    private static string? Argument(InvocationExpressionSyntax call, int index) => ConstantOf(call.ArgumentList.Arguments[index].Expression);

    private static string NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.Text,
        var other => other.ToString(),
    };

    private static string Receiver(InvocationExpressionSyntax call) => (call.Expression as MemberAccessExpressionSyntax)?.Expression.ToString() ?? "";

    // The innermost call is the first that happens.
    private static List<InvocationExpressionSyntax> Chain(ExpressionSyntax expression)
    {
        var calls = new List<InvocationExpressionSyntax>();
        for (var at = expression; at is InvocationExpressionSyntax call; at = (call.Expression as MemberAccessExpressionSyntax)?.Expression ?? call.Expression)
            calls.Insert(0, call);
        return calls;
    }
}
