using System.Text.Json;
using Spectre.Console;
using Sundry.Models;

namespace Sundry.Cli;

/// <summary>Where things are said: to people on stderr, results on stdout.</summary>
internal static class Terminal
{
    private static IAnsiConsole? s_people;

    /// <summary>Tables, bars and colours for people; plain where stderr is no terminal. It follows a stderr that is set anew.</summary>
    public static IAnsiConsole People => s_people is { } known && known.Profile.Out.Writer == Console.Error ? known : s_people = AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(Console.Error),
        Ansi = Console.IsErrorRedirected ? AnsiSupport.No : AnsiSupport.Detect,
    });

    /// <summary>Whether bars can move.</summary>
    public static bool IsLive => !Console.IsErrorRedirected && People.Profile.Capabilities.Interactive;

    /// <summary>One line for people.</summary>
    public static void Say(string line) => Console.Error.WriteLine(line);

    /// <summary>What went wrong, as one sentence.</summary>
    public static void Error(string sentence)
    {
        if (IsLive) People.MarkupLineInterpolated($"[red]error:[/] {sentence}");
        else Console.Error.WriteLine("error: " + sentence);
    }

    /// <summary>The one JSON document of <c>--json</c>.</summary>
    public static void Json<T>(T document) => Console.Out.WriteLine(JsonSerializer.Serialize(document, BundleJson.Options));
}
