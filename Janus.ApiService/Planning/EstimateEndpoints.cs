using Janus.ApiService.Http;
using Janus.Contracts;
using Janus.Generation.Providers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Janus.ApiService.Planning;

/// <summary>What planning and making a campaign will take, before anybody pays for it.</summary>
internal static class EstimateEndpoints
{
    private const int Phases = 3;
    private const int FewestPerPhase = 2;
    private const int MostPerPhase = 4;
    private const int PicturesPerPost = 2;

    public static void MapEstimate(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/strategy/estimate", Estimate).WithTags("Planning").WithSummary("What a campaign will take: posts, model calls and their cost")
            .TakesIntegers("posts_per_phase").Fails(400);

    private static Results<Ok<EstimateResponse>, ProblemHttpResult> Estimate(string? posts_per_phase, GeneratorInUse generator, PriceBook prices)
    {
        var errors = new FieldErrors();
        var asked = errors.CheckNumber("posts_per_phase", posts_per_phase, absent: 0, FewestPerPhase, MostPerPhase);
        if (errors.Any)
            return Problems.Invalid(errors);

        var posts = asked == 0 ? new RangeDto(Phases * FewestPerPhase, Phases * MostPerPhase) : new RangeDto(Phases * asked, Phases * asked);
        var isFree = generator.Provider == GeneratorInUse.SampleStudio;
        return TypedResults.Ok(new EstimateResponse(
            generator.Provider, isFree, posts, Over(posts, _ => 1), Over(posts, Cost), isFree ? null : prices.Since(generator),
            Over(posts, call => call.InputTokens), Over(posts, call => call.OutputTokens), prices.Know(generator)));

        long Cost(UsualCall call) => prices.UsualCostMicroUsd(call == UsualCall.Picture ? generator.ImageModel : generator.TextModel, call);
    }

    // One call for the plan; one for the texts and two for the pictures of each post.
    private static RangeDto Over(RangeDto posts, Func<UsualCall, long> measure)
    {
        return new RangeDto(Sum(posts.Least), Sum(posts.Most));

        long Sum(long count) => measure(UsualCall.Plan) + (count * (measure(UsualCall.Text) + (PicturesPerPost * measure(UsualCall.Picture))));
    }
}
