using System.CommandLine;
using Sundry.Data;
using Sundry.Models;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary>The tables that <c>evaluate</c> and <c>predict</c> read: written as the training tables were, unless said otherwise.</summary>
internal sealed class TableSource
{
    private readonly Argument<string[]> _files = new("files") { Description = "The tables: paths or globs; none for a model of a log", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string> _source = new("--source") { Description = "Of a model of several sources, the one that the rows are of", DefaultValueFactory = _ => SourceSchema.Main, HelpName = "NAME" };
    private readonly Option<bool> _skip = new("--skip-bad-rows") { Description = "Leave out rows that cannot be read, and count them, rather than stop" };

    public void AddTo(Command verb)
    {
        verb.Arguments.Add(_files);
        verb.Options.Add(_source);
        verb.Options.Add(_skip);
    }

    public string Source(ParseResult command) => command.GetValue(_source)!;

    public bool SkipsBadRows(ParseResult command) => command.GetValue(_skip);

    public IReadOnlyList<string> Files(ParseResult command) => command.GetValue(_files) ?? [];

    public TableReader Open(ParseResult command, Bundle bundle)
    {
        if (Files(command).Count == 0) throw new InputException("no table is named; give one or more behind the model's folder");
        var trained = ConfigReader.Read<SundryOptions>(bundle.Info.Configuration, "the model's configuration").Data;
        var source = bundle.Encoder.Source(Source(command)).Name;
        var options = trained.Sources.TryGetValue(source, out var own) ? own.Within(trained) : trained;
        return TableReader.Open(Files(command), ReadOptions.Of(options) with { SkipBadRows = SkipsBadRows(command) });
    }

    public static void ReportRefused(TableReader reader)
    {
        if (reader.Refused.Count == 0) return;
        Terminal.Say($"{reader.Refused.Count:N0} rows were left out:");
        foreach (var row in reader.Refused.First.Take(10)) Terminal.Say($"  {row.File} line {row.Line}: {row.Reason}");
        if (reader.Refused.Count > 10) Terminal.Say($"  … and {reader.Refused.Count - 10:N0} more");
    }
}
