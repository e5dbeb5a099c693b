using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sundry.Data;

/// <summary>A transformer that reads texts (Devlin et al., NAACL 2019): from a folder, or trained here from its beginnings.</summary>
public sealed class TextEncoderOptions : IConfigChecked
{
    internal const string WeightsFile = "model.safetensors";

    internal static readonly string[] Files = ["config.json", "vocab.txt", WeightsFile];

    /// <summary>A folder with <c>config.json</c>, <c>vocab.txt</c> and <c>model.safetensors</c> of BERT's layout.</summary>
    /// <value>Default: none, it is trained from random weights.</value>
    [Description("A folder with config.json, vocab.txt and model.safetensors of BERT's layout; without it the encoder is trained from random weights")]
    public string? Folder { get; init; }

    /// <summary>Blocks of attention and two layers.</summary>
    /// <value>Default: 2.</value>
    [Range(1, 24)]
    [Description("Blocks of attention and two layers; a folder has its own number")]
    public int Layers { get; init; } = 2;

    /// <summary>Floats a token.</summary>
    /// <value>Default: 64.</value>
    [Range(1, 4096)]
    [Description("Floats a token; the layer within a block has four times as many; a folder has its own")]
    public int Width { get; init; } = 64;

    /// <summary>Parts of the width that attend by themselves.</summary>
    /// <value>Default: 2.</value>
    [Range(1, 64)]
    [Description("Parts of the width that attend by themselves; a folder has its own number")]
    public int Heads { get; init; } = 2;

    /// <summary>How the tokens' vectors become one.</summary>
    /// <value>Default: mean.</value>
    [Description("How the tokens' vectors become one: first (that of the mark at the beginning) or mean")]
    public TextSummary Summary { get; init; } = TextSummary.Mean;

    /// <summary>What training changes of it.</summary>
    /// <value>Default: whole.</value>
    [Description("What training changes: whole, adapters (small layers behind its own), or frozen (each text is encoded once and remembered)")]
    public TextTraining Train { get; init; } = TextTraining.Whole;

    /// <summary>Units of an adapter.</summary>
    /// <value>Default: 16.</value>
    [Range(1, 4096)]
    [Description("Units of each adapter (train: adapters)")]
    public int Adapter { get; init; } = 16;

    /// <inheritdoc/>
    public IEnumerable<(string Property, string Message)> Check()
    {
        if (Width % Heads != 0) yield return (nameof(Heads), $"a width of {Width} cannot be divided among {Heads} heads; choose a divisor");
        if (Folder is null && Train != TextTraining.Whole) yield return (nameof(Train), "random weights that do not change say nothing; name a 'folder', or write 'train: whole'");
    }
}
