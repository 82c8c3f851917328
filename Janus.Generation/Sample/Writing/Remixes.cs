using Janus.Generation.Sample.Briefs;
using Janus.Generation.Sample.Phrasebooks;

namespace Janus.Generation.Sample.Writing;

/// <summary>
/// The sentences of a text that is written anew. Each comes from the post's own angle or holds the post's title, so that no other post of the
/// campaign has it; and the sentences of A and of B are never the same. Which of them meet depends on the turn: twelve turns give twelve pairs.
/// </summary>
internal sealed class Remixes(SampleBrief brief, Angle angle, int place)
{
    /// <summary>After this many turns the same sentences meet again, about another phrase of the brief.</summary>
    public const int Round = 12;

    /// <summary>The sentences of a turn.</summary>
    /// <param name="letter">A or B.</param>
    /// <param name="turn">Counted from 0.</param>
    /// <param name="firstHook">Which of its angle's hooks the first text took; the others come before it.</param>
    public Copy Of(char letter, int turn, int firstHook)
    {
        var free = letter == 'A' ? brief.Book.Free.A : brief.Book.Free.B;
        var own = ReferenceEquals(angle, brief.Book.Free) ? Titled(letter, turn) : letter == 'A' ? angle.A : angle.B;
        string[] hooks = [own.Hooks[(firstHook + 1) % own.Hooks.Length], free.Hooks[0], own.Hooks[firstHook % own.Hooks.Length]];
        string[] bodies = [own.More, free.Body, own.Body, free.More];
        string[] closes = [free.Close, own.Close];
        return new Copy(
            [hooks[((2 * turn) + (turn / Round)) % hooks.Length]], bodies[turn % bodies.Length], bodies[(turn + 2) % bodies.Length],
            closes[(turn + (turn / closes.Length)) % closes.Length]);
    }

    // A post that the studio did not plan has no angle of its own: it borrows one after another, each sentence under its title.
    private Copy Titled(char letter, int turn)
    {
        var borrowed = brief.Book.Angles[(place + turn) % brief.Book.Angles.Count];
        var copy = letter == 'A' ? borrowed.A : borrowed.B;
        return new Copy([.. copy.Hooks.Select(Under)], Under(copy.Body), Under(copy.More), Under(copy.Close));

        string Under(string sentence) => sentence.Length == 0 ? "" : $"{{title}} – {Sentence.Small(sentence)}";
    }
}
