using System.CommandLine;
using System.Globalization;
using Sundry.Data;
using Sundry.Models;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary>The options of <c>recommend</c>'s verbs about a trained model: which one, what its outputs are worth, who puts items forward.</summary>
internal sealed class ModelSource
{
    private const string Everything = "all";
    private const int MostRecommenders = 32;

    private readonly Option<string?> _model = new("--model") { Description = "A model that was trained on a log: it orders what recommenders put forward, and its log takes the place of --interactions", HelpName = "MODEL" };
    private readonly Option<string?> _value = new("--value") { Description = "With --model: what a task's output is worth, such as click=1,buy=20; by default the model's own ranking", HelpName = "TASK=WEIGHT,…" };
    private readonly Option<string> _among = new("--among") { Description = "With --model: the recommenders that put items forward, or all for the whole catalogue", DefaultValueFactory = _ => "popular,item_knn", HelpName = "NAME,NAME|all" };
    private readonly Option<int> _each = NumberOption.Of("--each", "With --model: how many items each recommender puts forward", 100);
    private readonly LogModelSource _log = new();

    public void AddTo(Command verb)
    {
        foreach (Option option in new Option[] { _model, _value, _among, _each }) verb.Options.Add(option);
        _log.AddTo(verb);
    }

    /// <summary>The model's folder, where one is named.</summary>
    public string? Model(ParseResult command) => command.GetValue(_model);

    /// <summary>Opens the model and its log.</summary>
    /// <exception cref="InputException">The model's rows are those of a table, or its ranking is not known.</exception>
    public (Bundle Bundle, EventLog Log, LogOrigin Origin, RankingInfo Value) Open(ParseResult command, RunDisplay display)
    {
        var folder = command.GetValue(_model)!;
        var bundle = Bundle.Load(folder);
        try
        {
            var origin = _log.Origin(command, folder, SourceSchema.Main)
                ?? throw new InputException("the model's rows are those of a table, which does not say what users did before; lists need a model that was trained on a log (data.log with rows: impressions, views or another event)", folder);
            if (origin.Samples.First(s => s.Source == SourceSchema.Main).Kind is ("users" or "item_days") and var kind)
                throw new InputException($"the model's rows are {kind}, which have no user and item together; lists need a model whose rows are events, such as impressions", folder);
            var value = Value(bundle, command.GetValue(_value));
            return (bundle, _log.Read(command, folder, LogModelSource.Trained(bundle), origin, display), origin, value);
        }
        catch
        {
            bundle.Dispose();
            throw;
        }
    }

    /// <summary>The moment that splits a log into what is known and what is judged.</summary>
    public long From(ParseResult command, Bundle bundle, LogOrigin origin, RunDisplay display) => _log.From(command, Model(command)!, LogModelSource.Trained(bundle), origin, SourceSchema.Main, display);

    /// <summary>The recommenders that put items forward; none where the whole catalogue competes.</summary>
    /// <exception cref="InputException">There is none of that name, or too many are named.</exception>
    public string[]? Among(ParseResult command)
    {
        if (command.GetValue(_among) == Everything) return null;
        var names = InteractionSource.Names(command.GetValue(_among)!);
        return names.Length <= MostRecommenders ? names : throw new InputException($"--among names {names.Length} recommenders; {MostRecommenders} are the most");
    }

    /// <summary>How many items each of them puts forward.</summary>
    public int Each(ParseResult command) => NumberOption.Within("--each", (int?)command.GetValue(_each), 1, 100_000)!.Value;

    /// <summary>What makes one value of a model's outputs.</summary>
    /// <param name="bundle">The model.</param>
    /// <param name="weights">As in <c>click=1,buy=20</c>; null takes the model's own ranking.</param>
    /// <exception cref="InputException">The weights cannot be read, or there are none.</exception>
    public static RankingInfo Value(Bundle bundle, string? weights)
    {
        var tasks = string.Join(", ", bundle.Model.MainHeads.Where(h => h.Task.Source == SourceSchema.Main).Select(h => h.Task.Name));
        if (weights is null) return bundle.Ranking ?? throw new InputException($"the model keeps no ranking, so that nobody knows what its tasks are worth; say it with --value TASK=WEIGHT,… (its tasks are {tasks}), or train with 'ranking' in the configuration");
        var terms = new OrderedDictionary<string, double>();
        foreach (var part in weights.Split(',', StringSplitOptions.TrimEntries))
        {
            var at = part.LastIndexOf('=');
            if (at < 1 || !double.TryParse(part.AsSpan(at + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) || !(weight >= 0) || !double.IsFinite(weight))
                throw new InputException($"--value: '{part}' is no task with a weight of at least 0; write such as click=1,buy=20 (the tasks are {tasks})");
            if (!terms.TryAdd(part[..at].Trim(), weight)) throw new InputException($"--value names '{part[..at].Trim()}' twice");
        }

        return new RankingInfo("user", ValueMethod.WeightedSum, terms, new ValueOptions().Top, new ValueOptions().Epsilon, new RankingGoal(), Fitted: false);
    }
}
