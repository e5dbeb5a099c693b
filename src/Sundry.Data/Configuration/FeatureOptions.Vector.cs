using System.ComponentModel;

namespace Sundry.Data;

/// <summary>What is said of vectors.</summary>
public sealed partial class FeatureOptions
{
    /// <summary>A matrix of vectors that the column's values are keys of.</summary>
    /// <value>Default: none, the column holds the numbers themselves.</value>
    [Description("A .npy matrix with a vector a row, which the column's values are keys of; without it the column holds the numbers themselves (vector)")]
    public string? File { get; init; }

    /// <summary>The keys of the matrix's rows, one a line.</summary>
    /// <value>Default: none.</value>
    [Description("The keys of the matrix's rows, one a line (vector)")]
    public string? Keys { get; init; }

    /// <summary>What is done to vectors before the model reads them.</summary>
    /// <value>Default: standard.</value>
    [Description("What is done to a vector: standard (each number to mean 0 and deviation 1), l2 (the vector to length 1) or none (vector)")]
    public VectorScale Normalize { get; init; } = VectorScale.Standard;

    private IEnumerable<(string Property, string Message)> CheckVector()
    {
        if (Kind != FeatureKind.Vector)
        {
            if (File is not null) yield return (nameof(File), "only vectors come from a file; write 'kind: vector', or remove 'file'");
            if (Keys is not null) yield return (nameof(Keys), "only vectors come from a file; write 'kind: vector', or remove 'keys'");
            yield break;
        }

        if (File is null != Keys is null) yield return (File is null ? nameof(Keys) : nameof(File), "a matrix needs the keys of its rows, one a line; name both 'file' and 'keys', or neither");
        if (File is not null && Of.Count > 1) yield return (nameof(Of), "a key is one column; name it alone");
    }
}
