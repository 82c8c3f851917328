namespace Janus.DevTools.Watch;

/// <summary>How the course of a campaign is shown while it runs.</summary>
internal interface IProgressView
{
    /// <summary>The course went on.</summary>
    Task ShowAsync(CampaignCourse course);

    /// <summary>Something that is not part of the course, in one line.</summary>
    Task NoteAsync(string line);

    /// <summary>Nothing more comes.</summary>
    Task EndAsync();
}

/// <summary>Shows nothing: the result is one line.</summary>
internal sealed class NoProgress : IProgressView
{
    public Task ShowAsync(CampaignCourse course) => Task.CompletedTask;

    public Task NoteAsync(string line) => Task.CompletedTask;

    public Task EndAsync() => Task.CompletedTask;
}

/// <summary>One line for each change of phase and every tenth of the parts: for logs.</summary>
internal sealed class PlainProgress(TextWriter output) : IProgressView
{
    private string? _phase;
    private int _tenth;

    public async Task ShowAsync(CampaignCourse course)
    {
        if (_phase != course.Phase)
        {
            _phase = course.Phase;
            await output.WriteLineAsync(_phase);
        }

        var tenth = course.Total == 0 ? 0 : course.Done * 10 / course.Total;
        if (tenth == _tenth)
            return;
        _tenth = tenth;
        await output.WriteLineAsync($"{tenth * 10,3} %  {course.Done} of {course.Total} parts{(course.Failed == 0 ? "" : $", {course.Failed} failed")}");
    }

    public Task NoteAsync(string line) => output.WriteLineAsync(line);

    public Task EndAsync() => Task.CompletedTask;
}

/// <summary>One line that is drawn over and over: for terminals.</summary>
internal sealed class LiveProgress(TextWriter output) : IProgressView
{
    private const int Width = 30;
    private const string ClearLine = "\r\e[K";

    public Task ShowAsync(CampaignCourse course)
    {
        var filled = course.Total == 0 ? 0 : course.Done * Width / course.Total;
        var bar = new string('#', filled) + new string('.', Width - filled);
        return output.WriteAsync(
            $"{ClearLine}{course.Phase,-16} [{bar}] {course.Done}/{course.Total}{(course.Failed == 0 ? "" : $", {course.Failed} failed")}");
    }

    public Task NoteAsync(string line) => output.WriteLineAsync(ClearLine + line);

    public Task EndAsync() => output.WriteLineAsync();
}
