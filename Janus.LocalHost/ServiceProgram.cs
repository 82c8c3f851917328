namespace Janus.LocalHost;

/// <summary>A program to run as a service.</summary>
/// <param name="Name">The service's name, as in <see cref="Topology"/>.</param>
/// <param name="FileName">The executable.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="WorkingDirectory">Its folder: for an ASP.NET Core service the content root.</param>
/// <param name="Environment">Variables set on top of the host's own environment, which is inherited.</param>
/// <param name="Address">Where it will listen; null when it does not.</param>
internal sealed record ServiceProgram(
    string Name,
    string FileName,
    IReadOnlyList<string> Arguments,
    string WorkingDirectory,
    IReadOnlyDictionary<string, string> Environment,
    Uri? Address = null);
