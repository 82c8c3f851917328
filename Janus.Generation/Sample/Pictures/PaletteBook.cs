namespace Janus.Generation.Sample.Pictures;

/// <summary>The palettes, each with the words that call for it.</summary>
internal static class PaletteBook
{
    private static readonly (Palette Palette, Subject Subject)[] Pages =
    [
        (Page("coffee", "f7eee2", "e9cfae", "b0562a", "e9a13b", "35190f"), new("coffee espresso latte cafe café roast brew cocoa chocolate barista コーヒー 咖啡 قهوة")),
        (Page("garden", "f4f3e4", "c9dfb6", "3a7a4c", "f2b43c", "14342b"), new("garden plant green eco organic herb seed sustain compost forest tree botanic flower grow vegan 花 植物 حديقة")),
        (Page("sky", "eef3fb", "bcd4f5", "2b6be0", "ff8f5c", "101f4a"), new("cloud data tech software saas code api server app platform digital ai automat dashboard analytic 数据 クラウド")),
        (Page("ledger", "eff5f0", "b9decd", "0e7a62", "f3c255", "0a2c31"), new("bank finance money budget invest saving pay payment card! account spare tax insurance loan pension 銀行 银行 بنك")),
        (Page("track", "fff3ea", "ffcdae", "f0522b", "2f57e6", "1e1346"), new("run running runner shoe sneaker sport fitness gym training marathon athlet workout race 跑步 ランニング")),
        (Page("matcha", "f5f2e4", "d8e0b9", "6f9344", "d8543c", "22332a"), new("tea matcha japan kyoto zen sencha ceremony calm mindful 茶 抹茶 شاي")),
        (Page("library", "f8eee4", "ebcabd", "a4374a", "e9aa3e", "2a1a33"), new("book read! reader reading novel library story author poem literature club writer magazine 本 书 読書 كتاب")),
        (Page("vault", "eef0f9", "c4c8f0", "4643c6", "2fc4b2", "14143b"), new("security secure protect privacy shield password encrypt safe guard threat identity backup 安全 أمن")),
        (Page("table", "fff4e1", "ffd896", "e4532d", "5f8f3b", "3c1420"), new("meal food recipe kitchen cook dinner lunch restaurant soup pizza bakery bread taste chef eat 料理 食 طعام")),
        (Page("ride", "edf6f3", "abdfd5", "0c8585", "ffb43a", "0b2a39"), new("bike bicycle cycle electric ride commut scooter mobility car charge battery energy solar wind 自転車 دراجة")),
        (Page("harbour", "f4efe4", "b2d8dd", "1c7598", "f2a255", "0f2c45"), new("sea tide ocean surf kayak harbour harbor boat sail fish swim beach coast water river wave 海")),
        (Page("bloom", "fcf0ef", "f7c8cb", "d2416a", "f4a558", "3c1136"), new("beauty skin care! cosmetic love heart! wellness health baby wedding gift flowers yoga perfume 美容 صحة")),
        (Page("stage", "f4effa", "d6c3f2", "7839cf", "ff7c6c", "200f45"), new("music song podcast audio sound concert game film video festival creative design art studio 音楽 音乐")),
        (Page("hearth", "f7f0e6", "e6d2b6", "b35a38", "3d8380", "29242f"), new("home hearth house furniture interior rent estate hotel craft wood candle ceramic linen 家 بيت")),
        (Page("play", "fff7de", "ffe284", "ea5548", "2f9cc4", "2b1c4d"), new("kid child toy play school learn course class teacher family pet dog cat party fun 学校 طفل")),
        (Page("janus", "f5f4f0", "d7d4fa", "4f46e5", "ea580c", "1b1a2e"), new("team project task work! plan! planning launch campaign market startup business product")),
    ];

    /// <summary>The palettes by themselves.</summary>
    public static IReadOnlyList<Palette> All { get; } = [.. Pages.Select(page => page.Palette)];

    /// <summary>The palette that the product's words call for, then the caption's; chance decides where they call for none.</summary>
    public static Palette Choose(PictureBrief brief, Dice dice)
    {
        // A campaign keeps its colours, so one picture's words count only where the product's call for nothing.
        foreach (var words in new[] { brief.ProductWords, brief.CaptionWords })
        {
            var best = Pages.MaxBy(page => page.Subject.WeightIn(words));
            if (best.Subject.WeightIn(words) > 0)
                return best.Palette;
        }

        return dice.Pick(All);
    }

    private static Palette Page(string name, string paper, string soft, string main, string accent, string deep) =>
        new(name, Tone.Of(paper), Tone.Of(soft), Tone.Of(main), Tone.Of(accent), Tone.Of(deep));
}
