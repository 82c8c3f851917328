namespace Janus.Generation.Sample.Briefs;

/// <summary>The words of a language that carry no content of their own.</summary>
internal static class StopWords
{
    private static readonly IReadOnlySet<string> English = Set("""
        a about above after again all also although always am an and another any are around as at be because been before being below between both
        but by can could did do does doing down during each either enough even ever every everyone few for from further get gets give gives had has have having he her here
        hers him his how i if in instead into is it its itself just keep keeps let lets like made make makes many may me might more most much must my need needs neither never no nor not now
        of off often on once one only onto or other our ours out over own per please put quite rather really same say she should since so some still such take than that
        the their theirs them then there these they this those though through thus to together too under until up upon us use used uses using very via
        want wants was we well were what when where whether which while who whom whose why will with within without would yet you your yours
        """);

    private static readonly IReadOnlySet<string> German = Set("""
        ab aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bis bist da dabei dadurch dafür damit dann daran darauf das dass dein deine
        deinen deiner dem den denn der des deshalb dich die dies diese diesem diesen dieser dieses dir doch dort du durch ein eine einem einen einer eines einfach er es etwas euch
        euer eure für ganz gegen gibt gut hab haben hat hier hinter ich ihm ihn ihr ihre ihrem ihren ihrer im immer in ins ist ja jede jedem jeden jeder jedes jetzt kann kannst kein keine
        keinen können macht man mehr mein meine mit muss müssen nach nicht nichts noch nun nur ob oder ohne schon sehr sein seine seinen seiner seit sich sie sind so sogar sollen
        sondern sowie über um und uns unser unsere unserem unseren unserer unter viel viele vom von vor war warum was weil welche welcher wenn wer werden wie wieder will wir wird wo wurde zu zum
        zur zwischen
        """);

    private static readonly IReadOnlySet<string> French = Set("""
        à afin ai ainsi alors après au aucun aussi autre autres aux avant avec avez avoir avons bien car ce cela celle celui ces cet cette ceux chaque chez comme
        comment contre dans de depuis des deux devant dont du elle elles en encore entre est et être eux fait faire fois il ils je la le les leur leurs lors lui
        ma mais me même mes moins mon ne ni nos notre nous on ont ou où par parce pas pendant permet peu peut peuvent plus pour pourquoi quand que quel quelle quelles quels qui sa
        sans se sera ses si son sont sous sur ta tes toi ton toujours tous tout toute toutes très trop tu un une vers vos votre vous y c d j l m n qu s t
        """);

    private static readonly IReadOnlySet<string> Spanish = Set("""
        a además al algo alguna alguno algunos ante antes aquel aquí así aunque bajo bien cada casi como cómo con contra cual cuál cuando de del desde donde dónde dos
        durante e el él ella ellas ellos en entre era eres es esa esas ese eso esos esta está están estas este esto estos fue gran ha hace hacer hacia han hasta hay la las le les lo los más me
        mediante menos mi mientras mis mucha mucho muchos muy nada ni ningún no nos nosotros nuestra nuestras nuestro nuestros o os otra otras otro otros para pero poco por porque puede pueden pues que qué quien
        quién se sea según ser si sí sin sobre solo sólo son su sus también tan tanto te tener ti tiene tienen toda todas todo todos tu tú tus un una unas uno unos usted ya y yo vendemos ofrecemos hacemos fabricamos creamos elaboramos
        """);

    /// <summary>The languages that have a list.</summary>
    public static IReadOnlyList<Language> Written { get; } = [Language.English, Language.German, Language.French, Language.Spanish];

    private static readonly HashSet<string> All = Written.SelectMany(Of).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The stop words of a language, or of all of them together when it is another.</summary>
    public static IReadOnlySet<string> Of(Language language) => language switch
    {
        Language.English => English,
        Language.German => German,
        Language.French => French,
        Language.Spanish => Spanish,
        _ => All,
    };

    /// <summary>Whether a word says something about a product: four letters or more and not a stop word in any language.</summary>
    public static bool IsContent(string word) => word.Length >= 4 && word.Any(char.IsLetter) && !All.Contains(word);

    private static HashSet<string> Set(string words) =>
        words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);
}
