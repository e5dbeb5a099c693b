namespace Sundry.Data;

/// <summary>The columns of encoded rows, in their order in a <see cref="Batch"/>.</summary>
/// <param name="Ids">The id columns, F of them.</param>
/// <param name="Bags">The bag columns.</param>
/// <param name="Numbers">The names of the number columns, N of them.</param>
/// <param name="Tasks">The tasks, T of them; one label column each.</param>
public sealed record Layout(IReadOnlyList<IdField> Ids, IReadOnlyList<BagField> Bags, IReadOnlyList<string> Numbers, IReadOnlyList<TaskSchema> Tasks)
{
    /// <summary>The sources of the rows, the main one first; empty where it is the only one.</summary>
    public IReadOnlyList<SourceSchema> Sources { get; init; } = [];

    /// <summary>Number columns that belong together as the pieces of one feature, in order; the others are numbers by themselves.</summary>
    public IReadOnlyList<NumberPieces> Pieces { get; init; } = [];

    /// <summary>The name of the sequence that a bag goes along with; null where it goes along with none.</summary>
    public string? LeadOf(BagField bag)
    {
        if (bag.Length == 0) return null;
        var lead = bag.Along ?? (bag.Name.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? bag.Name[..colon] : null);
        return lead is not null && Bags.Any(b => b.Name == lead && b.Length > 0) ? lead : null;
    }

    /// <summary>Whether the rows of some of these tasks have a feature.</summary>
    public bool Has(string feature, IReadOnlyList<TaskSchema> tasks) =>
        Sources.Count == 0 || Sources.Any(source => tasks.Any(task => task.Source == source.Name) && source.Features.Contains(feature, StringComparer.Ordinal));
}
