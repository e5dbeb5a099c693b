using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Sundry.Data;

namespace Sundry.Tests;

/// <summary>A configuration with every kind of option, and the real sections of the data room.</summary>
public sealed class SampleOptions
{
    public string Name { get; init; } = "sundry";

    public DataOptions Data { get; init; } = new();

    [ConfigNull("auto")]
    public OrderedDictionary<string, FeatureOptions>? Features { get; init; }

    public IReadOnlyList<string> Exclude { get; init; } = [];

    public OrderedDictionary<string, TaskOptions> Tasks { get; init; } = [];

    [Description("What is learned")]
    public SampleModel Model { get; init; } = new();
}

/// <summary>Numbers, lists, flags and words.</summary>
public sealed class SampleModel
{
    [AllowedValues("adam", "adagrad", "sgd")]
    public string Optimizer { get; init; } = "adam";

    [Range(0, 1, MinimumIsExclusive = true)]
    public double LearningRate { get; init; } = 1e-3;

    [Range(1, 1000)]
    public int Epochs { get; init; } = 10;

    public IReadOnlyList<int> Layers { get; init; } = [256, 128];

    public bool Shuffle { get; init; } = true;

    public ulong Seed { get; init; } = 1;

    [ConfigNull("auto")]
    public int? Threads { get; init; }

    public double[] Rates { get; init; } = [];

    public SampleExperts Experts { get; init; } = new();
}

/// <summary>A class with a short form.</summary>
[ConfigShorthand(nameof(Count))]
public sealed class SampleExperts
{
    [Range(1, 64)]
    public int Count { get; init; } = 8;

    public IReadOnlyList<int> Layers { get; init; } = [16];
}
