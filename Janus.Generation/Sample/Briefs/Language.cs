namespace Janus.Generation.Sample.Briefs;

/// <summary>The languages that the sample studio writes.</summary>
internal enum Language
{
    /// <summary>A language it does not write: it quotes the brief.</summary>
    Other,
    English,
    German,
    French,
    Spanish,
}

/// <summary>Guesses the language of a text by its commonest words.</summary>
internal static class LanguageGuess
{
    // Neighbours of the four languages, so that Dutch is not taken for German or Portuguese for Spanish.
    private static readonly string[][] Neighbours =
    [
        Words("il di che è per una sono con gli della nella alla più anche tuoi nostro nostra questo ogni chi senza"),
        Words("o os um uma para com não em que do da dos das você mais seu sua nosso nossa isso ao pelo cada quem sem são"),
        Words("de het een en van voor met niet dat die zijn je wij ons onze uw ook maar naar bij wordt elke zonder"),
        Words("och att det är som för med inte på en ett av till vi våra din som kan varje utan"),
        Words("i w na z do że się nie jest dla od przez oraz nasze twoje każdy bez który"),
        Words("og det er til på med ikke for som en et vi din kan hver uten af ud deres"),
        Words("ve bir bu için ile da de çok daha her olan gibi kadar"),
    ];

    public static Language Of(string text)
    {
        var words = Wording.Words(text).Take(2000).ToList();
        if (text.Any(char.IsLetter) && text.Count(character => char.IsLetter(character) && character > '\u024F') * 2 > text.Count(char.IsLetter))
            return Language.Other;
        var (best, score) = StopWords.Written
            .Select(language => (language, score: Count(words, StopWords.Of(language)) + Letters(text, language)))
            .MaxBy(guess => guess.score);
        if (Neighbours.Any(neighbour => words.Count(word => neighbour.Contains(word)) > score))
            return Language.Other;
        return score == 0 ? Language.English : best;
    }

    private static int Count(List<string> words, IReadOnlySet<string> stopWords) => words.Count(stopWords.Contains);

    private static int Letters(string text, Language language) => language switch
    {
        Language.German => text.Count(character => character is 'ä' or 'ö' or 'ü' or 'ß' or 'Ä' or 'Ö' or 'Ü'),
        Language.French => text.Count(character => character is 'è' or 'ê' or 'ç' or 'à' or 'ù' or 'œ' or 'î' or 'ô'),
        Language.Spanish => text.Count(character => character is 'ñ' or '¿' or '¡' or 'í' or 'ó' or 'á' or 'ú'),
        _ => 0,
    };

    private static string[] Words(string words) => words.Split(' ');
}
