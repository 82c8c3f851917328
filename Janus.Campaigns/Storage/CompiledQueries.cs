using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Janus.Campaigns.Storage;

/// <summary>
/// Keeps a feature's compiled queries, one set for each model: a compiled query belongs to the model of the context that first ran it, and
/// each database has a model of its own.
/// </summary>
/// <typeparam name="TQueries">The feature's queries, compiled by its constructor's field initialisers.</typeparam>
internal static class CompiledQueries<TQueries>
    where TQueries : class, new()
{
    private static readonly ConditionalWeakTable<IModel, TQueries> OfModel = [];

    /// <summary>The queries for a context.</summary>
    public static TQueries For(CampaignsContext context) => OfModel.GetValue(context.Model, static _ => new TQueries());
}
