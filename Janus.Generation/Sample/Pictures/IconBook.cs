namespace Janus.Generation.Sample.Pictures;

/// <summary>The icons, each with the words that call for it.</summary>
internal static class IconBook
{
    private static readonly (Icon Icon, Subject Subject)[] Pages =
    [
        (Icon.Of("bowl of tea", "s M30 84H70L67 90H33Z", "b M16 44H84C84 66 74 84 50 84C26 84 16 66 16 44Z", "d M16 44C16 37 84 37 84 44C84 51 16 51 16 44Z",
            "l2.6 M38 30C32 24 44 20 38 12", "l2.6 M52 30C46 24 58 20 52 12", "l2.6 M66 30C60 24 72 20 66 12", "d M42 62C50 54 60 56 62 58C60 68 50 70 42 62Z"),
            new("tea matcha sencha kyoto oolong 茶 抹茶 شاي")),
        (Icon.Of("cup", "s6 M70 46H78C92 46 92 68 78 68H70", "b M18 38H74V66C74 78 66 84 56 84H36C26 84 18 78 18 66Z", "d M18 50H74V62H18Z", "s M10 88H82V92H10Z",
            "l3 M34 30C28 23 40 19 34 10", "l3 M48 30C42 23 54 19 48 10", "l3 M62 30C56 23 68 19 62 10"),
            new("coffee cafe café cup espresso latte brew roast mug drink コーヒー 咖啡 قهوة")),
        (Icon.Of("bicycle", "b5 M6 66A18 18 0 1 1 42 66A18 18 0 1 1 6 66Z", "b5 M58 66A18 18 0 1 1 94 66A18 18 0 1 1 58 66Z", "d5 M24 66L40 38H68L50 66H24M40 38L50 66M76 66L66 28H76",
            "b6 M32 32H46", "d M46 62A5 5 0 1 1 54 68A5 5 0 1 1 46 62Z"),
            new("bike bicycle cycle cyclist ebike e-bike ride rider commut wheel pedal 自転車 دراجة")),
        (Icon.Of("shoe", "s M8 76H92C92 84 88 86 84 86H16C10 86 8 82 8 76Z", "b M10 36C18 44 30 44 36 32C46 40 56 54 72 58C86 61 92 66 92 76H8C7 60 8 46 10 36Z",
            "l M8 72H92V77H8Z", "l3.4 M44 46L52 38", "l3.4 M53 54L60 45", "l3.4 M63 59L68 50", "d M12 58C26 62 36 66 42 72H9C9 67 10 62 12 58Z"),
            new("run running runner shoe sneaker marathon jog foot trainer walk race 跑步 ランニング")),
        (Icon.Of("dumbbell", "s M30 45H70V55H30Z", "b M20 28H32V72H20Z", "b M68 28H80V72H68Z", "d M10 36H20V64H10Z", "d M80 36H90V64H80Z", "l M23 32H26V68H23Z", "l M71 32H74V68H71Z"),
            new("fitness gym workout strength athlet muscle sport")),
        (Icon.Of("plant", "b M28 62H72L66 92H34Z", "s M24 58H76V68H24Z", "d4 M50 58V34", "d M50 40C30 42 22 30 22 16C40 14 50 24 50 40Z", "d M50 32C50 16 60 8 78 8C80 24 68 34 50 32Z",
            "l1.6 M28 21C36 24 43 30 48 38", "l1.6 M72 13C64 16 57 22 52 29"),
            new("garden plant herb seed grow balcony greenhouse sprout soil botanic flower 花 植物 حديقة")),
        (Icon.Of("leaf", "b M14 86C8 42 34 14 88 12C92 62 62 94 22 80Z", "l3 M14 90C26 64 44 46 68 32", "l2.4 M34 64L32 46", "l2.4 M46 52L46 34", "l2.4 M38 60L60 62", "l2.4 M50 48L70 48"),
            new("eco green organic sustain vegan nature forest tree natural compost climate recycl")),
        (Icon.Of("pot", "s M2 46H98V54H2Z", "b M14 44H86V72C86 82 78 88 68 88H32C22 88 14 82 14 72Z", "d M12 40C16 24 84 24 88 40Z", "s M44 20H56V28H44Z", "l M24 54H30V74H24Z"),
            new("meal food recipe kitchen cook dinner lunch soup restaurant chef taste eat ingredient 料理 食 طعام")),
        (Icon.Of("card", "d M22 18L86 30C89 31 91 33 90 36L84 66L20 54Z", "b M8 34H78C82 34 84 36 84 40V80C84 84 82 86 78 86H8C4 86 2 84 2 80V40C2 36 4 34 8 34Z", "s M2 44H84V54H2Z", "l M10 64H28V76H10Z", "l3 M60 72H74"),
            new("bank finance money budget card! pay payment account save! saves saving invest loan wallet fee 銀行 银行 بنك")),
        (Icon.Of("shield", "b M50 6L88 20V48C88 70 72 86 50 95C28 86 12 70 12 48V20Z", "s M50 6L88 20V48C88 70 72 86 50 95Z", "l8 M32 50L46 64L70 38"),
            new("secur shield protect privacy safe password encrypt threat insurance guard identity trust 安全 أمن")),
        (Icon.Of("board", "b M8 12H92C95 12 96 14 96 17V83C96 86 95 88 92 88H8C5 88 4 86 4 83V17C4 14 5 12 8 12Z", "s M4 12H96V26H4Z", "l M12 34H34V52H12Z", "l M12 57H34V70H12Z", "d M39 34H61V64H39Z",
            "l M66 34H88V46H66Z", "d M66 51H88V80H66Z"),
            new("project task kanban workflow plan! planning milestone sprint deadline productiv プロジェクト 项目")),
        (Icon.Of("chart", "b M10 58H28V88H10Z", "b M36 44H54V88H36Z", "b M62 26H80V88H62Z", "d4.5 M8 46L34 28L50 34L82 8", "d M72 4L90 2L86 20Z", "s M4 88H92V93H4Z"),
            new("chart data analytic growth metric sales report dashboard revenue number trend market")),
        (Icon.Of("cloud", "s M22 82C6 82 2 62 16 54C14 34 40 22 54 36C68 26 90 36 86 56C98 62 94 82 80 82Z", "b M22 78C6 78 2 58 16 50C14 30 40 18 54 32C68 22 90 32 86 52C98 58 94 78 80 78Z", "l4 M28 46C28 38 34 34 40 34", "d5 M50 88V58M40 68L50 57L60 68"),
            new("cloud saas backup server weather sky software api host sync クラウド")),
        (Icon.Of("book", "b M50 26C36 14 18 14 4 18V84C18 80 36 80 50 90Z", "s M50 26C64 14 82 14 96 18V84C82 80 64 80 50 90Z", "l2.6 M13 34C23 32 33 33 41 38", "l2.6 M13 48C23 46 33 47 41 52", "l2.6 M13 62C23 60 33 61 41 66",
            "d M66 16L82 15V46L74 39L66 46Z"),
            new("book read! reader reading novel library story author poem literature learn course lesson chapter page magazine school 本 書 読書 كتاب")),
        (Icon.Of("clock", "b M50 6A44 44 0 1 1 50 94A44 44 0 1 1 50 6Z", "l M50 16A34 34 0 1 1 50 84A34 34 0 1 1 50 16Z", "b5 M50 28V50L66 60", "d M50 45A5 5 0 1 1 50 55A5 5 0 1 1 50 45Z"),
            new("clock hour minute schedule calendar alarm timer morning appointment wait")),
        (Icon.Of("house", "b M16 46L50 16L84 46V90H16Z", "s M4 50L50 8L96 50L90 57L50 21L10 57Z", "d M42 60H60V90H42Z", "l M24 56H35V67H24Z", "l M66 56H77V67H66Z"),
            new("home house furniture interior rent estate hotel apartment hearth 家 بيت")),
        (Icon.Of("bolt", "b M58 4L16 56H44L38 96L84 40H54Z", "d M58 4L54 40H84L38 96L70 46H46Z"),
            new("energy power electric charge solar battery fast! speed quick instant")),
        (Icon.Of("heart", "b M50 90C14 64 4 46 8 30C13 10 38 8 50 28C62 8 87 10 92 30C96 46 86 64 50 90Z", "l4 M18 36C19 28 24 23 31 23", "d4 M24 54H40L46 42L54 66L60 54H76"),
            new("health care! love heart! wellness medical donat doctor patient hospital wedding 健康 صحة")),
        (Icon.Of("boat", "l M50 8V62H18C22 40 34 20 50 8Z", "d M55 20C66 32 74 46 78 62H55Z", "b M8 66H92C88 80 80 86 70 86H30C20 86 12 80 8 66Z", "s4 M2 92C12 86 20 98 32 92C44 86 52 98 64 92C76 86 84 98 98 92"),
            new("sea tide ocean kayak harbour harbor boat sail fish coast beach surf wave river swim 海")),
        (Icon.Of("drop", "b M50 6C66 30 82 46 82 64A32 32 0 0 1 18 64C18 46 34 30 50 6Z", "l5 M32 66A18 18 0 0 0 46 82", "d M60 52A7 7 0 1 1 60 66A7 7 0 1 1 60 52Z"),
            new("water skin soap beauty cosmetic serum rain hydrat clean wash oil 美容")),
        (Icon.Of("note", "b M34 18L84 8V68H76V26L42 33V78H34Z", "b M27 68A15 12 0 1 1 27 92A15 12 0 1 1 27 68Z", "d M69 58A15 12 0 1 1 69 82A15 12 0 1 1 69 58Z"),
            new("music song podcast audio sound concert playlist radio band listen 音楽 音乐")),
        (Icon.Of("camera", "s M34 20H66L72 32H28Z", "b M10 30H90C94 30 96 32 96 36V80C96 84 94 86 90 86H10C6 86 4 84 4 80V36C4 32 6 30 10 30Z", "l M50 36A22 22 0 1 1 50 80A22 22 0 1 1 50 36Z",
            "s M50 43A15 15 0 1 1 50 73A15 15 0 1 1 50 43Z", "d M50 50A8 8 0 1 1 50 66A8 8 0 1 1 50 50Z", "d M78 36H88V42H78Z"),
            new("camera photo film video lens portrait movie")),
        (Icon.Of("paw", "b M50 44C66 44 82 62 78 78C74 92 60 84 50 84C40 84 26 92 22 78C18 62 34 44 50 44Z", "b M10 36A9 12 0 1 1 28 40A9 12 0 1 1 10 36Z", "b M30 18A9 13 0 1 1 48 18A9 13 0 1 1 30 18Z",
            "b M52 18A9 13 0 1 1 70 18A9 13 0 1 1 52 18Z", "b M72 40A9 12 0 1 1 90 36A9 12 0 1 1 72 40Z", "d M50 56C58 56 66 66 64 73C61 78 56 75 50 75C44 75 39 78 36 73C34 66 42 56 50 56Z"),
            new("dog cat pet puppy kitten animal vet")),
        (Icon.Of("plane", "b M4 48L96 8L66 90L46 62Z", "s M96 8L46 62L44 86L56 74Z", "d M96 8L46 62L30 54Z"),
            new("travel trip flight holiday tour journey send mail email newsletter launch")),
        (Icon.Of("talk", "d M36 34H90C94 34 96 36 96 40V72C96 76 94 78 90 78H84V92L68 78H36Z", "b M10 8H66C70 8 72 10 72 14V48C72 52 70 54 66 54H34L16 70V54H10C6 54 4 52 4 48V14C4 10 6 8 10 8Z", "l4 M16 24H58", "l4 M16 38H44"),
            new("chat message support conversation feedback community ask question talk review interview customer")),
    ];

    // Janus's own mark: one head, two faces.
    private static readonly Icon Mark = Icon.Of(
        "two faces", "b M50 8A42 42 0 0 0 50 92Z", "d M50 8A42 42 0 0 1 50 92Z", "l M31 36A6 6 0 1 1 31 48A6 6 0 1 1 31 36Z", "l M69 36A6 6 0 1 1 69 48A6 6 0 1 1 69 36Z");

    /// <summary>
    /// The icon that the words call for most, or Janus's mark where they call for none. The bold picture takes the runner-up, if there is one,
    /// so that the two pictures of a post do not tell the same thing twice.
    /// </summary>
    public static Icon Choose(PictureBrief brief)
    {
        var wanted = Pages
            .Select(page => (page.Icon, Weight: page.Subject.WeightIn(brief.CaptionWords) + (1.5 * page.Subject.WeightIn(brief.ProductWords))))
            .Where(choice => choice.Weight > 0).OrderByDescending(choice => choice.Weight).ToList();
        return (wanted.Count, brief.IsBold) switch
        {
            (0, _) => Mark,
            ( > 1, true) when wanted[1].Weight >= 1 => wanted[1].Icon,
            _ => wanted[0].Icon,
        };
    }

    /// <summary>Every icon.</summary>
    public static IEnumerable<Icon> All => Pages.Select(page => page.Icon).Append(Mark);
}
