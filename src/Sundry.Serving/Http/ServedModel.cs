namespace Sundry.Serving;

/// <summary>The model that answers, as the interface tells of it.</summary>
/// <param name="Id">The name that answers give.</param>
/// <param name="Name">The bundle's name.</param>
/// <param name="Architecture">How its tasks share.</param>
/// <param name="Opened">Since when it answers: Unix time in milliseconds.</param>
/// <param name="Tasks">The tasks whose outputs answers have.</param>
internal sealed record ServedModel(string Id, string Name, string Architecture, long Opened, IReadOnlyList<ServedTask> Tasks);

/// <summary>A task of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What its output is: binary, regression, count or multiclass.</param>
internal sealed record ServedTask(string Name, string Type);
