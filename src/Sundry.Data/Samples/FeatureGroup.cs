namespace Sundry.Data;

/// <summary>Some features of rows of a log, with a fold of the past that keeps what they need: groups share nothing, so that they may be taken side by side.</summary>
internal sealed class FeatureGroup
{
    private readonly SampleSet _samples;
    private readonly List<(FeatureColumn Column, FeatureFeed Feed)> _feeds = [];
    private readonly List<NumberColumn> _counters = [];
    private readonly List<HistoryColumn> _histories = [];
    private readonly List<NeighbourFeed> _neighbours = [];
    private readonly SampleFold? _fold;
    private readonly ShopEvent[] _event = new ShopEvent[1];

    public FeatureGroup(SampleSet samples, MissingTexts missing, IEnumerable<FeatureColumn> features)
    {
        _samples = samples;
        var counters = new List<Counter>();
        foreach (var feature in features)
        {
            if (feature is HistoryColumn history)
            {
                _histories.Add(history);
            }
            else if (feature.Options.Kind == FeatureKind.Neighbours)
            {
                _neighbours.Add(new NeighbourFeed((BagColumn)feature, samples.Log));
            }
            else if (feature.Options.Kind == FeatureKind.Counter)
            {
                _counters.Add((NumberColumn)feature);
                counters.Add(Counter.From(feature.Name, feature.Options));
            }
            else
            {
                _feeds.Add((feature, FeatureFeed.Of(feature, new SampleField([.. feature.Columns.Select(name => Column(samples, feature, name))], new FieldJoin(missing, feature.Joint)))));
            }
        }

        if (_counters.Count + _histories.Count + _neighbours.Count > 0) _fold = new SampleFold(samples.Log, counters, [.. _histories.Select(static history => history.Stream)], _neighbours.ConvertAll(static feed => feed.Of));
    }

    /// <summary>The features in two groups of about equal work: counters of pairs, whose tallies lie far apart, and half of the columns; all others.</summary>
    public static FeatureGroup[] Two(SampleSet samples, MissingTexts missing, IEnumerable<FeatureColumn> features)
    {
        var groups = new List<FeatureColumn>[] { [], [] };
        var all = features.ToList();
        var shared = all.Select(feature => feature.Options.SharedTable).OfType<string>().ToHashSet(StringComparer.Ordinal);
        int columns = 0;
        foreach (var feature in all)
        {
            // those that number their texts together must not do so at once
            int group = shared.Contains(feature.Options.SharedTable ?? feature.Name) ? 0 : feature.Options.Kind switch
            {
                FeatureKind.Counter => feature.Options.By is CounterOf.UserItem or CounterOf.UserCategory ? 0 : 1,
                FeatureKind.History => 1,
                _ => columns++ & 1,
            };
            groups[group].Add(feature);
        }

        return Array.ConvertAll(groups, group => new FeatureGroup(samples, missing, group));
    }

    private static SampleColumn Column(SampleSet samples, FeatureColumn feature, string name)
    {
        var column = samples.Columns.Find(name)!;
        return feature.Options.Tree ? CategoryPaths.Of(column, samples.Log, feature.Name, feature.Options.Separator) : column;
    }

    /// <summary>Takes rows into the block; null, or what is wrong with one of them.</summary>
    /// <param name="rows">The numbers of the rows, in order.</param>
    /// <param name="at">The place of the first of them in the block.</param>
    public InputException? Take(ReadOnlySpan<int> rows, int at)
    {
        foreach (int index in rows)
        {
            ref readonly var row = ref _samples.Rows[index];
            _samples.Event(row, _event);
            ref readonly var e = ref _event[0];
            foreach (var (column, feed) in _feeds)
                if (feed.Take(at, row, e) is { } problem) return SampleSet.Refused(problem, column.Name, row);
            if (_fold is not null)
            {
                _fold.MoveTo(row);
                for (int i = 0; i < _counters.Count; i++) _counters[i].Take(at, _fold.Counters[i]);
                for (int i = 0; i < _histories.Count; i++) _histories[i].Take(at, _fold.Window(i, row));
                for (int i = 0; i < _neighbours.Count; i++) _neighbours[i].Take(at, row, _fold.State!, i);
            }

            at++;
        }

        return null;
    }
}
