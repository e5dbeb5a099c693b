using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>Which bags are read as sequences rather than pooled, and what by.</summary>
internal sealed class SequenceInputs
{
    private readonly Layout _layout;
    private readonly Dictionary<int, SequenceOptions> _options = [];
    private readonly Dictionary<int, int[]> _followers = [];
    private readonly HashSet<int> _read = [];

    /// <summary>Sorts the bags.</summary>
    /// <param name="layout">The columns.</param>
    /// <param name="options">The model's options.</param>
    /// <param name="bags">The bags that there are.</param>
    /// <exception cref="InputException">The options name what is no sequence.</exception>
    public SequenceInputs(Layout layout, ModelOptions options, int[] bags)
    {
        _layout = layout;
        foreach (var (name, asked) in options.Sequences)
        {
            var known = layout.Bags.Where(b => b.Length > 0 && layout.LeadOf(b) is null).Select(b => b.Name).ToList();
            if (!known.Contains(name))
                throw new InputException($"model.sequences names '{name}', which is no sequence{NearestName.Ask(name, known)} ({(known.Count == 0 ? "there is none" : "they are " + string.Join(", ", known))})");
            var at = Array.FindIndex(bags, b => layout.Bags[b].Name == name);
            if (asked.Encoder == SequenceEncoding.Mean || at < 0) continue;
            var lead = bags[at];
            _options[lead] = asked;
            _followers[lead] = [.. bags.Where(b => layout.LeadOf(layout.Bags[b]) == name)];
            _read.UnionWith([lead, .. _followers[lead]]);
        }
    }

    /// <summary>The bags that encoders read, each with those that go along with it.</summary>
    public IEnumerable<(int Lead, int[] Followers)> Encoded => _followers.Select(f => (f.Key, f.Value));

    /// <summary>Whether an encoder reads a bag.</summary>
    public bool Reads(int bag) => _read.Contains(bag);

    /// <summary>One vector a row from the members of a sequence.</summary>
    /// <param name="name">Its parameters begin with it.</param>
    /// <param name="bag">The sequence.</param>
    /// <param name="members">[tokens, width].</param>
    /// <param name="feature">The embedding of a feature; null where it has none, or several.</param>
    /// <exception cref="InputException">The target is none, or of another table; or the heads do not divide the width.</exception>
    public Node Encode(string name, int bag, Node members, Func<string, Node?> feature)
    {
        var (field, options) = (_layout.Bags[bag], _options[bag]);
        var where = $"model.sequences.{field.Name}";
        Node? target = null;
        if (options.Target is { } wanted)
        {
            var known = _layout.Ids.Select(f => f.Feature).Distinct().ToList();
            var id = _layout.Ids.FirstOrDefault(f => f.Name == wanted);
            target = id is null ? null : feature(wanted);
            if (target is null) throw new InputException($"{where}.target names '{wanted}', which is no categorical feature of these rows{NearestName.Ask(wanted, known)} (they are {string.Join(", ", known)})");
            if (TableRanges.Key(id!.Name, id.Table) != TableRanges.Key(field.Name, field.Table))
                throw new InputException($"{where}.target is '{wanted}', which has embeddings of its own, so that nothing in '{field.Name}' could be like it; write 'table: {id.Table ?? wanted}' under features.{field.Name}");
        }

        if (options.Encoder == SequenceEncoding.Attention && members.Width % options.Heads != 0)
            throw new InputException($"{where}.heads: embeddings of width {members.Width} cannot be divided among {options.Heads} heads; choose another number, or set features.{field.Name}.embedding");
        return new SequenceEncoder(name, options, field.Length).Encode(members, target);
    }
}
