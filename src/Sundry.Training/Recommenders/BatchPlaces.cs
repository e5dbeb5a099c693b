namespace Sundry.Training;

/// <summary>At which places of a batch an item stands: a list by item, kept in an array of all items that is -1 between batches.</summary>
internal sealed class BatchPlaces
{
    private readonly int[] _first;
    private readonly int[] _next;

    /// <param name="batch">The events.</param>
    /// <param name="first">[items] -1 everywhere.</param>
    public BatchPlaces((int User, int Item, int Type)[] batch, int[] first)
    {
        (_first, _next) = (first, new int[batch.Length]);
        for (var place = 0; place < batch.Length; place++)
        {
            _next[place] = first[batch[place].Item];
            first[batch[place].Item] = place;
        }
    }

    /// <summary>A place of an item; -1 where it has none.</summary>
    public int First(int item) => _first[item];

    /// <summary>The next place of the same item; -1 where there is none.</summary>
    public int Next(int place) => _next[place];

    /// <summary>Makes the array -1 again.</summary>
    public void Clear((int User, int Item, int Type)[] batch)
    {
        foreach (var (_, item, _) in batch) _first[item] = -1;
    }
}
