namespace Janus.DevTools.Hostile;

/// <summary>How an attack is sent.</summary>
internal enum Sending
{
    /// <summary>At once, and the answer is read.</summary>
    Whole,

    /// <summary>The connection is cut when all is sent, which is not what its head promises.</summary>
    Cut,

    /// <summary>The end comes a byte at a time.</summary>
    Dripping,
}

/// <summary>One hostile request.</summary>
/// <param name="Number">Its place in the row; with the seed, all that it was made from.</param>
/// <param name="Kind">What is hostile about it.</param>
/// <param name="Target">Where it goes: the API's or the pages' address.</param>
/// <param name="Line">Its request line, for a person.</param>
/// <param name="Bytes">All that is sent.</param>
/// <param name="Sending">How.</param>
internal sealed record Attack(int Number, string Kind, Uri Target, string Line, byte[] Bytes, Sending Sending);
