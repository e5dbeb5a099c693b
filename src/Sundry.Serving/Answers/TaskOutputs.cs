using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Sundry.Serving;

/// <summary>The tasks' outputs for one item: a dictionary of a few names that all items of an answer share.</summary>
/// <param name="names">The tasks.</param>
/// <param name="values">[tasks] the outputs.</param>
internal sealed class TaskOutputs(string[] names, double[] values) : IReadOnlyDictionary<string, double>
{
    /// <inheritdoc/>
    public int Count => names.Length;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => names;

    /// <inheritdoc/>
    public IEnumerable<double> Values => values;

    /// <summary>The names, by place.</summary>
    public ReadOnlySpan<string> Names => names;

    /// <summary>The outputs, by place.</summary>
    public ReadOnlySpan<double> Outputs => values;

    /// <inheritdoc/>
    public double this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"there is no task '{key}'");

    /// <inheritdoc/>
    public bool ContainsKey(string key) => names.AsSpan().Contains(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out double value)
    {
        var place = names.AsSpan().IndexOf(key);
        value = place >= 0 ? values[place] : 0;
        return place >= 0;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, double>> GetEnumerator()
    {
        for (var i = 0; i < names.Length; i++) yield return new(names[i], values[i]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
