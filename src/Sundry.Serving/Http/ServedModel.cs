namespace Sundry.Serving;

/// <summary>What the interface says of a model.</summary>
public sealed record ServedModel
{
    /// <summary>Its name and mark, by which answers name it.</summary>
    public required string Id { get; init; }

    /// <summary>Where it was opened.</summary>
    public required string Folder { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset Opened { get; init; }

    /// <summary>The tasks whose outputs answers have.</summary>
    public required IReadOnlyList<string> Tasks { get; init; }

    internal static ServedModel Of(ModelSnapshot model) => new() { Id = model.Id, Folder = model.Folder, Opened = model.Opened, Tasks = [.. model.Heads.Select(h => h.Task.Name)] };
}

/// <summary>Another model to answer with.</summary>
public sealed record ModelChange
{
    /// <summary>The bundle's folder on the server.</summary>
    public required string Folder { get; init; }
}
