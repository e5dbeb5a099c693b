using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>
/// A text encoder that training leaves as it is. It stands beside the network, which reads its results as numbers; each different text is encoded once and remembered. Its weights
/// are tables of the network's graph that no op reads, so that they are stored with the others.
/// </summary>
internal sealed class FrozenText
{
    // some 256 MiB of remembered vectors
    private const long MostFloats = 1 << 26;
    private const int Together = 32;

    private readonly Graph _graph = new();
    private readonly BagNode _tokens;
    private readonly Node _result;
    private readonly List<(Table Kept, Parameter? Parameter, Table? Table)> _weights = [];
    private readonly Dictionary<UInt128, float[]> _known = [];
    private readonly Lock _lock = new();
    private readonly int[] _offsets = new int[Together + 1];
    private readonly List<int> _ids = [];
    private readonly List<UInt128> _asked = [];
    // they live as long as the network, which nobody disposes of
    private (InferencePlan Plan, ParameterStore Source)? _run;

    /// <summary>Builds the encoder, and puts its weights into the network's graph.</summary>
    public FrozenText(Graph network, string name, TextField field)
    {
        _tokens = _graph.Bag("tokens");
        _result = TextTower.Build(_graph, name, _tokens, field, dropout: 0);
        foreach (var parameter in _graph.Parameters) _weights.Add((network.Table(parameter.Name, parameter.Rows, parameter.Columns, parameter.Initializer, trainable: false), parameter, null));
        foreach (var table in _graph.Tables) _weights.Add((network.Table(table.Name, table.Rows, table.Width, table.Initializer, trainable: false), null, table));
    }

    /// <summary>Floats of a result.</summary>
    public int Width => _result.Width;

    /// <summary>Encodes the texts of a batch.</summary>
    /// <param name="store">The network's weights, its own among them.</param>
    /// <param name="offsets">[rows + 1] where each row's tokens begin.</param>
    /// <param name="ids">The tokens.</param>
    /// <param name="into">[rows, <see cref="Width"/>] receives the vectors.</param>
    public void Encode(ParameterStore store, ReadOnlySpan<int> offsets, ReadOnlySpan<int> ids, Span<float> into)
    {
        lock (_lock)
        {
            if (_run?.Source != store) Take(store);
            for (var row = 0; row + 1 < offsets.Length; row++)
            {
                var text = ids[offsets[row]..offsets[row + 1]];
                var key = Key(text);
                if (_known.ContainsKey(key)) continue;
                // taken already, its result follows with the others
                _known[key] = [];
                _asked.Add(key);
                foreach (var id in text) _ids.Add(id);
                _offsets[_asked.Count] = _ids.Count;
                if (_asked.Count == Together) Run();
            }

            Run();
            for (var row = 0; row + 1 < offsets.Length; row++)
                _known[Key(ids[offsets[row]..offsets[row + 1]])].CopyTo(into[(row * Width)..]);
            if (_known.Count * (long)Width > MostFloats) _known.Clear();
        }
    }

    private void Run()
    {
        if (_asked.Count == 0) return;
        var plan = _run!.Value.Plan;
        plan.SetBag(_tokens, _offsets.AsSpan(0, _asked.Count + 1), System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_ids));
        plan.Run(_asked.Count);
        var results = new float[Together * Width];
        plan.Copy(_result, results);
        for (var i = 0; i < _asked.Count; i++) _known[_asked[i]] = results[(i * Width)..((i + 1) * Width)];
        _asked.Clear();
        _ids.Clear();
    }

    private void Take(ParameterStore store)
    {
        _run?.Plan.Dispose();
        var own = new ParameterStore(_graph, seed: 0);
        foreach (var (kept, parameter, table) in _weights)
            for (var row = 0; row < kept.Rows; row++)
                store.Values(kept, row).CopyTo(parameter is not null ? own.Values(parameter).Slice(row * kept.Width, kept.Width) : own.Values(table!, row));
        own.Touch();
        _run = (new InferencePlan(own, Together, outputs: [_result]), store);
        _known.Clear();
    }

    private static UInt128 Key(ReadOnlySpan<int> tokens)
    {
        // FNV-1a of 128 bits over the tokens
        var hash = new UInt128(0x6c62272e07bb0142, 0x62b821756295c58d);
        var prime = new UInt128(0x0000000001000000, 0x000000000000013B);
        foreach (var token in tokens) hash = (hash ^ (uint)token) * prime;
        return hash ^ (UInt128)tokens.Length;
    }
}
