namespace Janus.Tests.Browser;

/// <summary>The tests that look at one and the same running Janus, one after the other: a page's time on screen is part of what they say.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PagesCollection : ICollectionFixture<PagesUnderTest>
{
    public const string Name = "pages";
}

/// <summary>The tests that look at a slow Janus, likewise.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SlowPagesCollection : ICollectionFixture<SlowPages>
{
    public const string Name = "slow pages";
}
