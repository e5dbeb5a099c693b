namespace Sundry.Models;

/// <summary>What a bundle says of its model.</summary>
/// <param name="Format">The version of the bundle's format.</param>
/// <param name="Program">The version of the program that wrote it.</param>
/// <param name="Name">The model's name.</param>
/// <param name="Tasks">The tasks it was trained on, a part of the encoder's.</param>
/// <param name="Balancing">How the losses were balanced.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Model">Architecture and sizes.</param>
/// <param name="Configuration">The whole configuration as it was used, defaults written out (YAML).</param>
public sealed record BundleInfo(
    int Format, string Program, string Name, IReadOnlyList<string> Tasks, string Balancing, int Seed, ModelOptions Model, string Configuration);
