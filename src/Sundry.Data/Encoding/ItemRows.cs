namespace Sundry.Data;

/// <summary>Which rows of its embedding table an encoder gives to the items of a log, one by one.</summary>
public sealed class ItemRows
{
    private const string Column = "item";

    private readonly Vocabulary _vocabulary;

    private ItemRows(string feature, Vocabulary vocabulary) => (Feature, _vocabulary) = (feature, vocabulary);

    /// <summary>The feature that the item is.</summary>
    public string Feature { get; }

    /// <summary>How many rows there are, those of unknown and missing items among them.</summary>
    public int Rows => _vocabulary.Rows;

    /// <summary>The rows of an encoder's items; null where no categorical feature is the column <c>item</c>, or it is hashed, so that items share rows.</summary>
    public static ItemRows? Of(Encoder encoder)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        var feature = encoder.Features.OfType<CategoryEncoder>().FirstOrDefault(static one => one.Columns is [Column] && one.Vocabulary is { IsHashed: false });
        return feature is null ? null : new ItemRows(feature.Name, feature.Vocabulary!);
    }

    /// <summary>An item's row; -1 of one that training did not see, or too rarely.</summary>
    public int Find(ReadOnlySpan<byte> item) => _vocabulary.Row(item) is > 0 and var row ? row : -1;
}
