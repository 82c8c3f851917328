namespace Janus.Generation;

/// <summary>A post that stays when a campaign is planned anew.</summary>
/// <param name="Id">The id by which the new plan speaks of it.</param>
/// <param name="Post">The post.</param>
public sealed record KeptPost(string Id, PostBrief Post);

/// <summary>How a campaign is to be planned anew.</summary>
/// <param name="FirstPhase">The first phase that is planned anew, 1 to 3; those after it are, too.</param>
/// <param name="Direction">What a person wants to be different.</param>
/// <param name="Kept">The posts that stay, of whatever phase.</param>
/// <param name="Replaced">The posts that the new plan takes the place of.</param>
public sealed record ReplanWish(int FirstPhase, string Direction, IReadOnlyList<KeptPost> Kept, IReadOnlyList<PostBrief> Replaced);

/// <summary>What a post that follows others is to be.</summary>
/// <param name="Selected">The posts that it follows; at least one.</param>
/// <param name="Titles">The titles of all posts of the campaign; it takes none of them.</param>
/// <param name="Instruction">What a person wants it to be.</param>
/// <param name="Phases">The phases that it may belong to.</param>
public sealed record FollowUpWish(IReadOnlyList<PostBrief> Selected, IReadOnlyList<string> Titles, string Instruction, IReadOnlyList<int> Phases);
