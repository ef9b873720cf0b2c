using System.Text.RegularExpressions;
using Spectre.Console;

namespace Pond.LocalHost.Demo;

/// <summary>Shows the demo: in a terminal with colours and a bar that moves, else as plain lines.</summary>
internal sealed partial class Display(IAnsiConsole console)
{
    private const int PlainWidth = 120;
    private const int WhoWidth = 16;
    private const int WhatWidth = 21;
    private const int RequestWidth = 42; // with the rest, a line fits the 80 columns of a terminal
    private const int IdCharsShown = 6;
    private const string Indent = "    ";

    public IAnsiConsole Console => console;

    private bool IsLive => console.Profile.Capabilities is { Interactive: true, Ansi: true };

    public static Display On(TextWriter output)
    {
        var target = new AnsiConsoleOutput(output);
        if (target.IsTerminal) return new Display(AnsiConsole.Create(new AnsiConsoleSettings { Out = target }));

        var plain = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false }, // a build server would get colours
            Out = target,
        });
        plain.Profile.Width = PlainWidth;
        return new Display(plain);
    }

    /// <summary>Runs the steps of a stage under its title.</summary>
    public async Task Play(Stage stage)
    {
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold]{stage.Name}[/]");
        if (!IsLive)
        {
            foreach (var step in stage.Steps) await step();
            return;
        }

        await console.Progress()
            .AutoClear(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(async progress =>
            {
                var bar = progress.AddTask(stage.Name.EscapeMarkup(), maxValue: stage.Steps.Count);
                foreach (var step in stage.Steps)
                {
                    await step();
                    bar.Increment(1);
                }
            });
    }

    /// <summary>A line on work that took several requests, and below it what else there is to say.</summary>
    public void Done(string who, string what, params IEnumerable<string> notes)
    {
        Line($"[green]✔[/] {Padded(who, WhoWidth)} {what}");
        foreach (var note in notes) Line($"[grey]{Indent}{note}[/]");
    }

    /// <summary>A line on one request, and below it what came of it.</summary>
    public void Step(string what, Answer answer, string note)
    {
        Line($"[green]✔[/] {Padded(what, WhatWidth)} {Padded(Asked(answer.Request), RequestWidth)} {Outcome(answer)}");
        Line($"[grey]{Indent}{note}[/]");
    }

    /// <summary>What stopped the demo.</summary>
    public void Failed(Answer answer)
    {
        Line($"[red]✖[/] {Asked(answer.Request)} {Outcome(answer)}");
        Line($"[red]{Indent}{answer.Body}[/]");
    }

    private void Line(FormattableString markup)
    {
        if (IsLive)
            // As wide as the terminal, so that nothing stays of the bar that was in its place.
            console.Write(new Padder(Markup.FromInterpolated(markup), new Padding(0)).Expand());
        else
            console.MarkupLineInterpolated(markup);
    }

    private static string Asked(Request request) =>
        $"{request.Method} {Id().Replace(request.Path, id => id.Value[..IdCharsShown] + "…")}";

    private static string Outcome(Answer answer) =>
        $"{(answer.Status is Answer.NoStatus ? "---" : answer.Status)} {answer.Took.TotalMilliseconds,5:0} ms";

    /// <summary>To the width in columns of a terminal, where a Chinese character takes two.</summary>
    private static string Padded(string text, int width) =>
        text + new string(' ', Math.Max(0, width - text.GetCellWidth()));

    [GeneratedRegex("[0-9a-hjkmnp-tv-z]{26}")]
    private static partial Regex Id();
}
