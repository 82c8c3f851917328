namespace Janus.LocalHost;

/// <summary>The arguments of this host, which run.sh hands on.</summary>
internal static class Arguments
{
    /// <summary>By it run.sh chooses this host; it changes nothing here.</summary>
    public const string Local = "--local";

    /// <summary>Starts the trace report beside the services.</summary>
    public const string Traces = "--traces";

    /// <summary>Sees that there are no others.</summary>
    /// <exception cref="HostRefusedException">There is one that nobody knows.</exception>
    public static void Check(string[] args)
    {
        if (Array.Find(args, argument => argument is not (Local or Traces)) is not { } unknown)
            return;
        throw new HostRefusedException(
            HostRefusedException.BadSetting,
            $"'{unknown}' is no argument of Janus.LocalHost: there are {Local} (plain processes) and {Traces} (prints each campaign's trace as a tree).");
    }
}
