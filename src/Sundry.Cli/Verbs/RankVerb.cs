using System.CommandLine;
using Sundry.Data;
using Sundry.Models;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary><c>sundry rank</c>: judges a model's value formula on tables or on rows of a log, or fits it anew on them.</summary>
internal static class RankVerb
{
    public static Command Create()
    {
        var model = new Argument<string>("model") { Description = "The model's folder" };
        var tables = new TableSource();
        var logs = new LogModelSource();
        var fit = new Option<bool>("--fit") { Description = "Fit the weights on these rows and keep the ranking in the model" };
        var set = new Option<string[]>("--set") { Description = "Overrides a setting of the model's ranking, such as --set ranking.goal.at=5", HelpName = "path=value", Arity = ArgumentArity.OneOrMore };
        var json = ConfigSource.JsonOption();
        var verb = new Command("rank", "Judge how a model's value formula orders lists, beside each task alone; with --fit, find its weights") { model };
        tables.AddTo(verb);
        logs.AddTo(verb);
        foreach (Option option in new Option[] { fit, set, json }) verb.Options.Add(option);
        verb.SetAction(command =>
        {
            var folder = command.GetValue(model)!;
            using var bundle = Bundle.Load(folder);
            var options = Options(bundle, ConfigSource.Parse(command.GetValue(set) ?? []), command.GetValue(fit));
            if (tables.Source(command) is not SourceSchema.Main and var source)
                throw new InputException($"the ranking orders rows of data.train or data.rows, not those of the source '{source}'; leave out --source");
            var groups = new GroupedRows(options.Columns([.. bundle.Model.MainHeads.Select(h => h.Task.Name)]));
            var predictions = logs.Origin(command, folder, SourceSchema.Main) is { } origin ? OfLog(command, bundle, origin, groups) : OfTables(command, bundle, groups);
            predictions = [.. predictions.Where(p => bundle.Model.MainHeads.Any(h => h.Task.Name == p.Task.Name))];
            var result = new RankingStudy(options, [.. predictions.Select(p => p.Task)]).Run((predictions, groups), null, "given", (ulong)bundle.Info.Seed);
            if (command.GetValue(fit)) Bundle.ReplaceRanking(folder, result.Ranking);
            if (command.GetValue(json)) Terminal.Json(result);
            else RankingTable.Write(result);
            if (command.GetValue(fit)) Terminal.Say($"kept in {Path.GetFullPath(folder)}; what it reaches on the rows that it was fitted on flatters it, so judge it on others: sundry rank {folder} {(LogOrigin.Read(folder) is null ? "OTHER_FILES" : "--after LATER")}");
            return Exit.Done;
        });
        return verb;

        IReadOnlyList<TaskPredictions> OfTables(ParseResult command, Bundle bundle, GroupedRows groups)
        {
            using var reader = tables.Open(command, bundle);
            var predictions = TableEvaluation.Predict(bundle, reader, tables.SkipsBadRows(command), Exit.Stop, SourceSchema.Main, groups);
            TableSource.ReportRefused(reader);
            return predictions;
        }

        IReadOnlyList<TaskPredictions> OfLog(ParseResult command, Bundle bundle, LogOrigin origin, GroupedRows groups)
        {
            var (folder, trained) = (command.GetValue(model)!, LogModelSource.Trained(bundle));
            LogModelSource.RefuseTables(tables.Files(command), "rank");
            using var display = new RunDisplay();
            var from = logs.From(command, folder, trained, origin, SourceSchema.Main, display);
            var log = logs.Read(command, folder, trained, origin, display);
            display.Doing($"judging rows from {LogTime.Text(from)} on");
            return LogEvaluation.Predict(bundle, new LogRows(bundle.Encoder, log, trained.Data, trained.Tasks), from, SourceSchema.Main, groups, Exit.Stop);
        }
    }

    // what the model keeps, then what the command line says
    private static RankingOptions Options(Bundle bundle, List<KeyValuePair<string, string>> set, bool fit)
    {
        if (set.FirstOrDefault(s => s.Key.Split('.')[0] != "ranking") is { Key: { } other }) throw new InputException($"--set {other} is not about the ranking; write --set ranking.…");
        const string source = "the model's configuration";
        var trained = ConfigReader.Read<SundryOptions>(bundle.Info.Configuration, source);
        var known = bundle.Ranking is { } kept
            ? new RankingOptions { Group = kept.Group, Goal = kept.Goal, Value = new ValueOptions { Method = kept.Method, Weights = kept.Weights, Top = kept.Top, Epsilon = kept.Epsilon } }
            : trained.Ranking;
        if (fit && known?.Value.Weights is { } weights) known = known with { Value = known.Value with { Weights = null, Terms = [.. weights.Keys] } };
        var options = ConfigReader.Read<SundryOptions>(ConfigWriter.ToYaml(trained with { Ranking = known }), source, set).Ranking
            ?? throw new InputException("the model keeps no ranking; say what a list is and what is to be reached: --set ranking.group=COLUMN --set ranking.goal.ndcg=TASK");
        if (fit && options.Value.Weights is not null) throw new InputException("--fit finds the weights, and --set gives them; leave one of the two out");
        if (!fit && options.Value.Weights is null) throw new InputException("the weights are not known; give them, such as --set ranking.value.weights.purchase=1, or add --fit");
        return options;
    }
}
