using System.Buffers;
using System.CommandLine;
using System.Reflection;
using Sundry.Data;
using Sundry.Serving;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary>The options that every verb with a configuration takes: <c>-c</c>, <c>--set</c>, <c>--seed</c>, <c>--json</c>.</summary>
internal sealed class ConfigSource
{
    private static readonly SearchValues<char> s_special = SearchValues.Create(" \t\"'$&|;<>*?()#`\\");

    public Option<string> File { get; } = new("--config", "-c") { Description = "The configuration", DefaultValueFactory = _ => "sundry.yaml", HelpName = "sundry.yaml" };

    public Option<string[]> Set { get; } = new("--set") { Description = "Overrides a setting, such as --set training.epochs=3", HelpName = "path=value", Arity = ArgumentArity.OneOrMore };

    public Option<int?> Seed { get; } = new("--seed") { Description = "The seed; short for --set training.seed=N", HelpName = "N" };

    /// <summary>The program's version.</summary>
    public static string Program { get; } = typeof(ConfigSource).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <summary>One JSON document on stdout instead of a table.</summary>
    public static Option<bool> JsonOption() => new("--json") { Description = "Print one JSON document to stdout" };

    public void AddTo(Command verb)
    {
        verb.Options.Add(File);
        verb.Options.Add(Set);
        verb.Options.Add(Seed);
    }

    /// <summary>The configuration; what the same file says of serving is checked and left to <c>sundry serve</c>.</summary>
    public SundryOptions Read(ParseResult command) => ConfigReader.ReadFile<SundryOptions, ServeFile>(command.GetValue(File)!, Overrides(command));

    /// <summary>The folder that the configuration's relative paths start from.</summary>
    public string Folder(ParseResult command) => Path.GetDirectoryName(Path.GetFullPath(command.GetValue(File)!))!;

    /// <summary>Reads and encodes the rows of a configuration, and refuses features that know too much.</summary>
    public static Dataset Prepare(SundryOptions options, string folder, IRunObserver display)
    {
        var data = Dataset.Prepare(Request(options, folder), new Relay<PrepareProgress>(display.Preparing), Exit.Stop);
        try
        {
            display.Prepared(data.Summary);
            LeakageGuard.Check(data, options.Data);
            return data;
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    /// <summary>What the data room needs of a configuration, queries among it.</summary>
    public static DataRequest Request(SundryOptions options, string folder) => options.Request(folder) with { OpenDatabase = Databases.Open };

    /// <summary>Overrides as the user gave them, <c>--seed</c> last.</summary>
    public List<KeyValuePair<string, string>> Overrides(ParseResult command)
    {
        var list = Parse(command.GetValue(Set) ?? []);
        if (command.GetValue(Seed) is { } seed) list.Add(new("training.seed", seed.ToString()));
        return list;
    }

    /// <summary>Splits <c>path=value</c>.</summary>
    public static List<KeyValuePair<string, string>> Parse(IEnumerable<string> settings)
    {
        var list = new List<KeyValuePair<string, string>>();
        foreach (var setting in settings)
        {
            var at = setting.IndexOf('=', StringComparison.Ordinal);
            if (at < 1) throw new InputException($"--set {setting} has no '='; write --set path=value, such as --set training.epochs=3");
            list.Add(new(setting[..at], setting[(at + 1)..]));
        }

        return list;
    }

    /// <summary>The command line that does the same again.</summary>
    public static string CommandLine(ParseResult command) =>
        "sundry " + string.Join(' ', command.Tokens.Select(t => t.Value.Length > 0 && t.Value.AsSpan().IndexOfAny(s_special) < 0 ? t.Value : $"'{t.Value.Replace("'", "'\\''", StringComparison.Ordinal)}'"));
}
