namespace Sundry.Serving;

/// <summary>The rules and scenarios, and the one that is edited.</summary>
public sealed record RulesModel
{
    /// <summary>All documents: rules, scenarios.</summary>
    public required IReadOnlyList<StoredDocument> Documents { get; init; }

    /// <summary>The kind of the one that is edited.</summary>
    public string Kind { get; init; } = "rule";

    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its text, saved or not.</summary>
    public string Content { get; init; } = "";

    /// <summary>The version that the text was made of; 0 for a new one.</summary>
    public int Version { get; init; }

    /// <summary>For whom it is tried; empty: somebody unknown.</summary>
    public string User { get; init; } = "";

    /// <summary>The scenario that it is tried in.</summary>
    public string Scenario { get; init; } = "home";

    /// <summary>The item whose page it is tried on; empty: none.</summary>
    public string Item { get; init; } = "";

    /// <summary>What a trial showed; null before one.</summary>
    public DryRunModel? DryRun { get; init; }

    /// <summary>What is wrong with the text; null where nothing is.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether the one who looks may save.</summary>
    public bool MaySave { get; init; }
}
