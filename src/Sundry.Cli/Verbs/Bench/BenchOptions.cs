using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Sundry.Data;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary>The kinds of options that benchmarks take.</summary>
internal static class BenchOptions
{
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(1);

    public static Option<int> Threads(int usual) => NumberOption.Of("--threads", "Threads", usual);

    public static Option<string> List(string name, string description, IReadOnlyList<int> usual) =>
        new(name) { Description = description + ", separated by commas", DefaultValueFactory = _ => string.Join(',', usual), HelpName = "A,B" };

    public static Option<string> Word<T>(string name, string description, T usual)
        where T : struct, Enum => new(name) { Description = description, DefaultValueFactory = _ => Name(usual), HelpName = "WORD" };

    /// <summary>Whole numbers between commas; none of an empty text.</summary>
    /// <exception cref="InputException">One of them is no whole number.</exception>
    public static IReadOnlyList<int> Numbers(ParseResult command, Option<string> option)
    {
        var words = command.GetValue(option)!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var numbers = new int[words.Length];
        for (var i = 0; i < words.Length; i++)
            if (!int.TryParse(words[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out numbers[i]))
                throw new InputException($"{option.Name} has '{words[i]}', which is not a whole number; write {option.Name} 256,128");
        return numbers;
    }

    /// <summary>One of an enumeration's words.</summary>
    /// <exception cref="InputException">It is none of them.</exception>
    public static T Read<T>(ParseResult command, Option<string> option)
        where T : struct, Enum
    {
        var word = command.GetValue(option)!;
        foreach (var value in Enum.GetValues<T>())
            if (Name(value) == word)
                return value;
        var known = Enum.GetValues<T>().Select(Name).ToArray();
        throw new InputException($"{option.Name} has no '{word}'{NearestName.Ask(word, known)} (they are {string.Join(", ", known)})");
    }

    /// <summary>Says what is going on once it has gone on for a second.</summary>
    public static IProgress<string> Progress()
    {
        var watch = Stopwatch.StartNew();
        return new Relay<string>(line =>
        {
            if (watch.Elapsed > s_silence) Terminal.Say(line);
        });
    }

    /// <summary>This program as it is started: an executable of its own, or a library that 'dotnet' runs.</summary>
    public static string[] Self() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet" ? [Environment.ProcessPath!, Environment.GetCommandLineArgs()[0]] : [Environment.ProcessPath!];

    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
