namespace Janus.Tests.Systems;

/// <summary>Whole systems are tried one after the other: each of them wants the machine.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SystemsCollection
{
    public const string Name = "whole systems";
}
