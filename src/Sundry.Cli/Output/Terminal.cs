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

    /// <summary>One line for people; on a terminal that is narrower, broken between words.</summary>
    public static void Say(string line)
    {
        var width = IsLive ? People.Profile.Width - 1 : int.MaxValue;
        foreach (var part in Broken(line, width)) Console.Error.WriteLine(part);
    }

    /// <summary>A line in parts that are no wider than <paramref name="width"/>, all but the first indented; a longer word stays whole.</summary>
    public static IEnumerable<string> Broken(string line, int width)
    {
        var indent = "";
        while (indent.Length + line.Length > width)
        {
            var room = Math.Max(1, width - indent.Length);
            var at = line.LastIndexOf(' ', room);
            if (at <= 0) at = line.IndexOf(' ', room);
            if (at <= 0) break;
            yield return indent + line[..at].TrimEnd();
            line = line[at..].TrimStart();
            indent = "  ";
        }

        yield return indent + line;
    }

    /// <summary>What went wrong, as one sentence.</summary>
    public static void Error(string sentence)
    {
        if (IsLive) People.MarkupLineInterpolated($"[red]error:[/] {sentence}");
        else Console.Error.WriteLine("error: " + sentence);
    }

    /// <summary>The one JSON document of <c>--json</c>.</summary>
    public static void Json<T>(T document) => Console.Out.WriteLine(JsonSerializer.Serialize(document, BundleJson.Options));
}
