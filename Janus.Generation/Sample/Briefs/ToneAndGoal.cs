using Janus.Generation.Sample.Phrasebooks;

namespace Janus.Generation.Sample.Briefs;

/// <summary>Tells the tone and the goal of a brief by stems of words in the languages that the studio writes.</summary>
internal static class ToneAndGoal
{
    private static readonly (Tone Tone, string[] Stems)[] Tones =
    [
        (Tone.Playful, ["play", "fun", "witty", "humor", "humour", "cheeky", "quirky", "verspielt", "lustig", "witzig", "humorvoll", "ludique", "drôle", "espiègle", "diverti", "jugue", "gracios"]),
        (Tone.Warm, ["warm", "friend", "kind", "caring", "empath", "gentle", "cosy", "cozy", "personal", "freundlich", "herzlich", "nah", "chaleur", "amical", "bienveill", "cercan", "cálid", "amable", "amistos"]),
        (Tone.Bold, ["bold", "confident", "direct", "edgy", "strong", "daring", "energ", "mutig", "frech", "direkt", "selbstbewusst", "audac", "énerg", "franc", "atrevid", "direct", "enérg", "segur"]),
        (Tone.Formal, ["formal", "professional", "serious", "factual", "expert", "sober", "calm", "clear", "authorit", "sachlich", "seriös", "professionell", "ruhig", "klar", "professionnel", "sérieux", "sobre", "clair", "profesional", "serio", "sobri", "clar"]),
    ];

    private static readonly (Goal Goal, string[] Stems)[] Goals =
    [
        (Goal.Waitlist, ["waitlist", "waiting list", "warteliste", "liste d'attente", "liste d’attente", "lista de espera"]),
        (Goal.Demo, ["demo", "démo", "trial", "testphase", "prueba"]),
        (Goal.Download, ["download", "install", "herunterlad", "télécharg", "descarg", "instala"]),
        (Goal.Subscribe, ["subscri", "newsletter", "abonn", "suscri"]),
        (Goal.Donate, ["donat", "fundrais", "spende", "don ", "dons", "donativ", "recauda"]),
        (Goal.Attend, ["event", "ticket", "attend", "webinar", "workshop", "festival", "veranstaltung", "événement", "billet", "evento", "entradas"]),
        (Goal.Book, ["book", "appointment", "reserv", "réserv", "buchung", "termin", "rendez-vous", "cita"]),
        (Goal.SignUp, ["sign-up", "sign up", "signup", "sign-ups", "register", "registr", "join", "member", "anmeld", "mitglied", "inscri", "adhér", "regist", "apunt"]),
        (Goal.Buy, ["sale", "sell", "buy", "order", "purchase", "revenue", "customers", "pre-order", "verkauf", "bestell", "umsatz", "kund", "vent", "vend", "achet", "achat", "command", "client", "compr", "pedido"]),
    ];

    public static Tone ToneOf(string words) => First(Tones, words);

    public static Goal GoalOf(string words) => First(Goals, words);

    private static T First<T>((T Value, string[] Stems)[] choices, string words) => choices
        .FirstOrDefault(choice => choice.Stems.Any(stem => words.Contains(stem, StringComparison.OrdinalIgnoreCase))).Value;
}
