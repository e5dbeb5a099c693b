namespace Sundry.Data;

/// <summary>The tallies of one kind of key.</summary>
internal interface ITallies
{
    /// <summary>A key's tallies, to be added to.</summary>
    Span<Tally> Of(long key);

    /// <summary>A key's tallies as they are; empty where it has none.</summary>
    ReadOnlySpan<Tally> Find(long key);

    /// <summary>Writes all.</summary>
    void Save(BinaryWriter writer);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    void Load(BinaryReader reader);
}
