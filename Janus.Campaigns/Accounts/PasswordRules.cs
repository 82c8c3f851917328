using System.Reflection;
using Microsoft.AspNetCore.Identity;

namespace Janus.Campaigns.Accounts;

/// <summary>
/// What a password must be: long, and none that everybody thinks of. No rule about digits and signs, which make passwords worse:
/// https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver.
/// </summary>
public sealed class PasswordRules : IPasswordValidator<Account>
{
    /// <summary>The fewest characters.</summary>
    public const int Shortest = 12;

    /// <summary>The most characters: hashing has a price, and nobody remembers more.</summary>
    public const int Longest = 128;

    /// <summary>Fewer different characters than this are a pattern and no password.</summary>
    private const int FewestDifferent = 5;

    private static readonly Lazy<HashSet<string>> Common = new(ReadCommon);

    /// <summary>What is wrong with a password, in words that follow its field's name; null when nothing is.</summary>
    /// <param name="password">The password.</param>
    /// <param name="userName">Whose it is.</param>
    public static string? Refuse(string? password, string? userName) => password switch
    {
        null or "" => "is required.",
        { Length: < Shortest } => $"must have at least {Shortest} characters.",
        { Length: > Longest } => $"must have at most {Longest} characters.",
        _ when password.Distinct().Count() < FewestDifferent => "has too few different characters to be hard to guess.",
        _ when IsCommon(password) => "is one that everybody thinks of. A few words that do not belong together are better.",
        _ when userName is { Length: >= 3 } && password.Contains(userName, StringComparison.OrdinalIgnoreCase) => "must not contain the name.",
        _ => null,
    };

    /// <inheritdoc />
    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password)
    {
        ArgumentNullException.ThrowIfNull(user);
        return Task.FromResult(Refuse(password, user.UserName) is { } wrong
            ? IdentityResult.Failed(new IdentityError { Code = nameof(PasswordRules), Description = wrong })
            : IdentityResult.Success);
    }

    // Digits and signs at the ends and letters that are written as digits change nothing about what everybody thinks of; nor does saying it twice.
    private static bool IsCommon(string password)
    {
        var whole = Plain(password);
        if (Common.Value.Contains(whole))
            return true;
        var core = Plain(password.Trim([.. "0123456789!?.,;:-_+*#$%&@ "]));
        return core.Length < 4 || Common.Value.Contains(core) || Enumerable.Range(1, core.Length / 2).Any(length =>
            core.Length % length == 0 && (length < 4 || Common.Value.Contains(core[..length]))
            && Enumerable.Range(1, (core.Length / length) - 1).All(part => core.AsSpan(part * length, length).SequenceEqual(core.AsSpan(0, length))));
    }

    private static string Plain(string password) => string.Concat(password.ToLowerInvariant().Where(letter => letter is not (' ' or '-' or '_' or '.')).Select(letter => letter switch
    {
        '0' => 'o',
        '1' => 'i',
        '3' => 'e',
        '4' or '@' => 'a',
        '5' or '$' => 's',
        '7' => 't',
        _ => letter,
    }));

    private static HashSet<string> ReadCommon()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("common-passwords.txt")
            ?? throw new InvalidOperationException("The list of common passwords is not in the library.");
        using var reader = new StreamReader(stream);
        var words = new HashSet<string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0)
                words.Add(Plain(line));
        }

        return words;
    }
}
