using Janus.ApiService.Http;
using Janus.Contracts;
using Janus.Generation;
using Janus.Generation.Providers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Janus.ApiService.Planning;

/// <summary>What planning and making a campaign will take, before anybody pays for it.</summary>
internal static class EstimateEndpoints
{
    private const int Phases = 3;
    private const int FewestPerPhase = 2;
    private const int MostPerPhase = 4;
    private const int PicturesPerPost = 2;

    // What a call usually takes, rounded up. The prompts are 2,500 to 3,500 characters long and a brief comes on top, at about four characters
    // a token; answers are charged with the thoughts before them. For a picture Google documents 1,290 tokens (ai.google.dev/gemini-api/docs/pricing),
    // and its short prompt costs next to nothing.
    private static readonly (int Input, int Output) Plan = (1_500, 3_000);
    private static readonly (int Input, int Output) Text = (1_200, 1_500);
    private static readonly (int Input, int Output) Picture = (0, 1_290);

    public static void MapEstimate(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/strategy/estimate", Estimate).WithTags("Planning").WithSummary("What a campaign will take: posts, model calls and their cost")
            .TakesIntegers("posts_per_phase").Fails(400);

    private static Results<Ok<EstimateResponse>, ProblemHttpResult> Estimate(string? posts_per_phase, GeneratorInUse generator, IOptions<PriceList> prices)
    {
        var errors = new FieldErrors();
        var asked = errors.CheckNumber("posts_per_phase", posts_per_phase, absent: 0, FewestPerPhase, MostPerPhase);
        if (errors.Any)
            return Problems.Invalid(errors);

        var posts = asked == 0 ? new RangeDto(Phases * FewestPerPhase, Phases * MostPerPhase) : new RangeDto(Phases * asked, Phases * asked);
        var isFree = generator.Provider == GeneratorInUse.SampleStudio;
        return TypedResults.Ok(new EstimateResponse(
            generator.Provider, isFree, posts, new RangeDto(Calls(posts.Least), Calls(posts.Most)),
            isFree ? new RangeDto(0, 0) : new RangeDto(Cost(posts.Least), Cost(posts.Most)), isFree ? null : prices.Value.AsOf));

        static long Calls(long posts) => 1 + (posts * (1 + PicturesPerPost));

        long Cost(long posts) => Price(generator.TextModel, Plan) + (posts * (Price(generator.TextModel, Text) + (PicturesPerPost * Price(generator.ImageModel, Picture))));

        long Price(string model, (int Input, int Output) tokens) => prices.Value.CostMicroUsd(model, tokens.Input, tokens.Output);
    }
}
