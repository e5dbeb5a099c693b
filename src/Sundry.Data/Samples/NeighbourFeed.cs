namespace Sundry.Data;

/// <summary>Takes the neighbours of rows into their column, each item's text being looked up once.</summary>
internal sealed class NeighbourFeed(BagColumn column, EventLog log)
{
    private readonly int[] _items = new int[column.Options.Most];
    // one more than the code of an item; 0 where it was not seen yet
    private readonly int[] _codes = new int[log.Items.Count];

    /// <summary>What the feature is.</summary>
    public Neighbours Of { get; } = Neighbours.From(column.Name, column.Options);

    /// <summary>Takes what a row sees at its moment.</summary>
    public void Take(int row, in SampleRow sample, ShopState state, int place)
    {
        int count = state.Neighbours(place, sample.User, sample.Item, sample.Time, _items);
        for (int i = 0; i < count; i++)
        {
            ref int code = ref _codes[_items[i]];
            if (code == 0) code = 1 + column.Code(log.Items[_items[i]]);
            _items[i] = code - 1;
        }

        column.Take(row, _items.AsSpan(0, count));
    }
}
