using System.Text.Json;
using Sundry.Compute;
using Sundry.Tests.House;

namespace Sundry.Tests;

/// <summary>
/// Values and gradients that PyTorch computed in float64: matrices row-major, weights [in, out], the experts of one block side by side, all
/// under the names that our graphs give them.
/// </summary>
internal sealed class GoldenFile
{
    /// <summary>How closely anything can agree with a file whose inputs are printed to nine digits.</summary>
    public const double Digits = 1e-8;

    private readonly JsonElement _root;

    public GoldenFile(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Checkout.Of("tests", "Sundry.Tests", "Golden", name + ".json")));
        _root = document.RootElement.Clone();
    }

    public double Loss => _root.GetProperty("loss").GetDouble();

    public double[] Input(string name) => Values("inputs", name);

    public double[] Output(string name) => Values("outputs", name);

    public IEnumerable<(string Name, double[] Values)> Weights => All("weights");

    public IEnumerable<(string Name, double[] Values)> Gradients => All("gradients");

    /// <summary>Writes the weights into the parameters and tables of the same names; every parameter of the graph must be among them.</summary>
    public void Fill(ParameterStore store, params string[] except)
    {
        var weights = Weights.ToDictionary(w => w.Name, w => w.Values);
        foreach (var parameter in store.Graph.Parameters.Where(p => p.Trainable))
            Copy(weights[parameter.Name], store.Values(parameter));
        foreach (var table in store.Graph.Tables.Where(t => !except.Contains(t.Name)))
            for (var row = 0; row < table.Rows; row++)
                Copy(weights[table.Name].AsSpan(row * table.Width, table.Width), store.Values(table, row));
        store.Touch();
    }

    public static void Copy(ReadOnlySpan<double> values, Span<float> destination)
    {
        for (var i = 0; i < values.Length; i++) destination[i] = (float)values[i];
    }

    private double[] Values(string part, string name) => [.. _root.GetProperty(part).GetProperty(name).EnumerateArray().Select(v => v.GetDouble())];

    private IEnumerable<(string Name, double[] Values)> All(string part) =>
        _root.GetProperty(part).EnumerateObject().Select(p => (p.Name, Values(part, p.Name)));
}
