using Janus.Benchmarks.Engine;
using Janus.Benchmarks.Gemini;
using Janus.Benchmarks.Pages;

return args switch
{
    [] or ["engine"] => await EngineTable.PrintAsync(),
    ["gemini"] => await GeminiTable.PrintAsync(),
    ["pages"] => await PagesTable.PrintAsync(),
    _ => Refuse(),
};

static int Refuse()
{
    Console.Error.WriteLine("Give one of: engine (steps per second against a bare loop), gemini (what its client adds to a call), pages (how quick and how light the pages are).");
    return 2;
}
