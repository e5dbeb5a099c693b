using Sundry.Data;

namespace Sundry.Training;

/// <summary>What two towers learn from: one event for each type of each pair, how the items of a type are spread, and how probable an item is in a batch.</summary>
internal sealed class TowerEvents
{
    private readonly int[] _counts;

    public TowerEvents(Interactions train, double balance)
    {
        var owners = PairOwners.Of(train);
        Types = Math.Max(1, train.Types.Count);
        var events = new List<(int, int, int)>();
        _counts = new int[Types * train.ItemCount];
        for (var pair = 0; pair < train.Count; pair++)
        {
            var bits = train.Types.Count == 0 ? 1 : train.TypeBits[pair];
            for (var type = 0; type < Types; type++)
            {
                if ((bits >> type & 1) == 0) continue;
                events.Add((owners[pair], train.ItemNumbers[pair], type));
                _counts[type * train.ItemCount + train.ItemNumbers[pair]]++;
            }
        }

        All = [.. events];
        OfType = [.. Enumerable.Range(0, Types).Select(t => All.Count(e => e.Type == t))];
        Weights = [.. OfType.Select(n => n == 0 ? 0 : (float)Math.Pow((double)All.Length / n, balance))];
        var mean = (float)(All.Sum(e => (double)Weights[e.Type]) / Math.Max(1, All.Length));
        for (var type = 0; type < Types; type++) Weights[type] /= mean;
        LogShares = new float[train.ItemCount];
        for (var item = 0; item < train.ItemCount; item++) LogShares[item] = (float)Math.Log(Math.Max(1, CountOf(item, train.ItemCount)) / (double)All.Length);
        Bias = new float[_counts.Length];
        for (var i = 0; i < Bias.Length; i++)
        {
            // as often as all types say until the type itself has been seen often
            var (type, item) = (i / train.ItemCount, i % train.ItemCount);
            var share = (CountOf(item, train.ItemCount) + .5) / (All.Length + .5 * train.ItemCount);
            Bias[i] = (float)Math.Log((_counts[i] + train.ItemCount * share) / (OfType[type] + train.ItemCount));
        }
    }

    /// <summary>Types of events, 1 where they are not known.</summary>
    public int Types { get; }

    /// <summary>The events.</summary>
    public (int User, int Item, int Type)[] All { get; }

    /// <summary>[types] how many events there are of each.</summary>
    public int[] OfType { get; }

    /// <summary>[types] what an event counts, 1 on average over events.</summary>
    public float[] Weights { get; }

    /// <summary>[items] log of the share of the events that are the item's: how probable it is to stand at a place of a batch.</summary>
    public float[] LogShares { get; }

    /// <summary>[types, items] log of how often a type's events are of an item: where biases begin.</summary>
    public float[] Bias { get; }

    /// <summary>The type that lists are for.</summary>
    /// <exception cref="InputException">There is none of that name.</exception>
    public int Target(Interactions train, string name)
    {
        if (name.Length == 0) return Enumerable.Range(0, Types).Where(t => OfType[t] > 0).DefaultIfEmpty(0).MinBy(t => OfType[t]);
        return train.Types.ToList().IndexOf(name) is var type and >= 0
            ? type
            : throw new InputException(train.Types.Count == 0
                ? $"two_tower.target is '{name}', and the interactions have no types; give tables with a column 'type', or leave it out"
                : $"two_tower.target '{name}' is no type of event{NearestName.Ask(name, train.Types)} (the types are {string.Join(", ", train.Types)})");
    }

    private int CountOf(int item, int items)
    {
        var sum = 0;
        for (var type = 0; type < Types; type++) sum += _counts[type * items + item];
        return sum;
    }
}
