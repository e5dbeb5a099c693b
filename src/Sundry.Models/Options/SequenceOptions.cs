using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>How one sequence becomes a vector. In short form the encoder alone, <c>history: gru</c>.</summary>
[ConfigShorthand(nameof(Encoder))]
public sealed record SequenceOptions : IConfigChecked
{
    /// <summary>What reads the sequence.</summary>
    /// <value>Default: mean.</value>
    [Description("What reads the sequence: mean (pooled as its feature says), din, gru, attention or interests")]
    public SequenceEncoding Encoder { get; init; } = SequenceEncoding.Mean;

    /// <summary>The feature whose value each member is held against; it shares the sequence's table.</summary>
    /// <value>Default: none.</value>
    [Description("The feature that each member is held against, such as the item of the row; it must share the sequence's 'table' (din; interests, optional)")]
    public string? Target { get; init; }

    /// <summary>Hidden layers of the attention.</summary>
    /// <value>Default: [32].</value>
    [Description("Hidden layers of the attention (din)")]
    public IReadOnlyList<int> Layers { get; init; } = [32];

    /// <summary>What follows those layers.</summary>
    /// <value>Default: dice.</value>
    [Description("What follows those layers: dice, prelu, relu or sigmoid (din)")]
    public TargetActivation Activation { get; init; } = TargetActivation.Dice;

    /// <summary>Whether the weights of a row's members are made to add up to 1.</summary>
    /// <value>Default: false, as in the paper, where the sum says how much there is that goes with the target.</value>
    [Description("Whether the weights of a row's members add up to 1; not so in the paper, where their sum tells how strong the interest is (din)")]
    public bool Softmax { get; init; }

    /// <summary>Width of the state (gru), or of the hidden layer (interests).</summary>
    /// <value>Default: auto; the embedding's, for interests four times that.</value>
    [ConfigNull("auto")]
    [Range(1, 65536)]
    [Description("Width of the state (gru) or of the hidden layer (interests); auto: the embedding's, for interests four times that")]
    public int? Units { get; init; }

    /// <summary>Blocks of attention and layers.</summary>
    /// <value>Default: 2.</value>
    [Range(1, 64)]
    [Description("Blocks, one upon the other (attention)")]
    public int Blocks { get; init; } = 2;

    /// <summary>Parts of the embedding that attend by themselves.</summary>
    /// <value>Default: 1.</value>
    [Range(1, 256)]
    [Description("Parts of the embedding that attend by themselves; they divide its width (attention)")]
    public int Heads { get; init; } = 1;

    /// <summary>How many interests.</summary>
    /// <value>Default: 4.</value>
    [Range(1, 64)]
    [Description("How many interests (interests)")]
    public int Interests { get; init; } = 4;

    /// <summary>Share of values that training sets to 0 in and between the blocks.</summary>
    /// <value>Default: 0.1.</value>
    [Range(0.0, 0.95)]
    [Description("Share of values that training sets to 0 in and between the blocks (attention)")]
    public double Dropout { get; init; } = 0.1;

    /// <inheritdoc/>
    public IEnumerable<(string Property, string Message)> Check()
    {
        if (Layers.Count == 0 || Layers.Any(units => units is < 1 or > 65536))
            yield return (nameof(Layers), "the attention has at least one layer, each of 1 to 65536 units");
        if (Encoder == SequenceEncoding.Din && Target is null)
            yield return (nameof(Encoder), "'din' holds a sequence against a feature of the row; name it, such as 'target: item'");
        if (Encoder is not (SequenceEncoding.Din or SequenceEncoding.Interests) && Target is not null)
            yield return (nameof(Target), $"'{ConfigWords.Of(Encoder)}' reads a sequence without looking at a target; remove 'target', or choose din or interests");
    }
}
