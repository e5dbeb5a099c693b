using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>How features act together, by <see cref="ModelOptions.Interactions"/>: in what the architecture reads, and in the tasks' logits. docs/features/crosses.md has the equations.</summary>
internal sealed class Interactions(Graph graph, ModelOptions options)
{
    /// <summary>Whether there is this kind.</summary>
    public bool Has(Interaction kind) => options.Interactions.Contains(kind);

    /// <summary>Whether the interactions are all there is: no layer, nothing for one to read.</summary>
    public bool AreAll => options.Interactions.Count > 0 && !Has(Interaction.Dcn) && !Has(Interaction.Cin) && options.Bottom.Count == 0 && options.Tower.Count == 0;

    /// <summary>What the architecture reads: the features, crossed, and beside them the sums of a compressed interaction network.</summary>
    /// <param name="scope">Its parameters are called by it.</param>
    /// <param name="x">All features side by side.</param>
    /// <param name="fields">Their embeddings, [rows, features, width]; asked for where needed.</param>
    public Node Read(string scope, Node x, Func<Node> fields)
    {
        var y = x;
        for (var l = 0; Has(Interaction.Dcn) && l < options.Cross.Layers; l++) y = x.Multiply(Matrix($"cross/{scope}/{l}", y)).Add(y);
        return Has(Interaction.Cin) ? y.Concat(Cin(scope, fields())) : y;
    }

    /// <summary>½ Σ_f ((Σ_i v_if)² − Σ_i v_if²) as one logit; or as several, each with weights of its own for the f, where tasks or classes share the v.</summary>
    /// <param name="name">Its parameter begins with it.</param>
    /// <param name="fields">[rows, features, width].</param>
    /// <param name="outputs">Logits a row.</param>
    /// <param name="alone">Whether nobody else reads these embeddings.</param>
    public static Node Fm(string name, Node fields, int outputs, bool alone)
    {
        var pairs = fields.FactorPairs();
        return alone && outputs == 1 ? pairs.Sum() : pairs.Linear(name, outputs, bias: false, initializer: outputs == 1 ? Initializer.Ones : null);
    }

    /// <summary>Σ_i w_i x_i: a weight for each value of each feature and each number.</summary>
    /// <param name="name">Its parameters begin with it.</param>
    /// <param name="weights">The weights of the features' values, as embeddings as wide as there are logits.</param>
    /// <param name="numbers">The numbers; null for none.</param>
    /// <param name="outputs">Logits a row.</param>
    public static Node Linear(string name, FeatureInputs weights, Node? numbers, int outputs)
    {
        List<Node> parts = [.. weights.Nodes.Zip(weights.Counts, (node, count) => node.InGroups(count).SumGroups())];
        if (numbers is not null) parts.Add(numbers.Linear(name, outputs, bias: false, initializer: Initializer.Zeros));
        if (parts.Count == 0) throw new InputException("no feature is left to learn from; name at least one under 'features' or exclude fewer columns");
        return parts.Aggregate((sum, part) => sum.Add(part));
    }

    /// <summary>All embeddings as groups of one node, numbers as vectors times the number among them.</summary>
    /// <param name="scope">Its parameters are called by it.</param>
    /// <param name="embedded">The embeddings, several features of one width side by side in each.</param>
    /// <param name="counts">How many features each of them holds.</param>
    /// <param name="numbers">The numbers; null for none.</param>
    /// <exception cref="InputException">Embeddings differ in width.</exception>
    public Node Fields(string scope, IReadOnlyList<Node> embedded, IReadOnlyList<int> counts, Node? numbers)
    {
        var widths = embedded.Select((node, i) => node.Width / counts[i]).Distinct().ToList();
        if (widths.Count > 1)
            throw new InputException($"'interactions: {ConfigWords.Of(Has(Interaction.Fm) ? Interaction.Fm : Interaction.Cin)}' multiplies embeddings, which must be of one width, and here they are {string.Join(" and ", widths.Order())} wide; remove 'embedding' from the features (and 'units' from their encoders), or give all the same");
        List<Node> all = [.. embedded];
        var width = widths.Count == 1 ? widths[0] : options.Embedding;
        if (numbers is not null)
        {
            var vectors = Node.Broadcast(graph, $"field/{scope}/numbers", numbers.Width * width, Initializer.Normal(options.EmbeddingDeviation)).InGroups(numbers.Width);
            all.Add(numbers.InGroups(numbers.Width).OuterGroups(vectors));
        }

        var fields = all[0].Concat(all[1..]);
        return fields.InGroups(fields.Width / width);
    }

    private Node Matrix(string name, Node x) => options.Cross.Rank == 0
        ? x.Linear(name, x.Width)
        : x.Linear($"{name}/v", options.Cross.Rank, bias: false).Linear($"{name}/u", x.Width);

    // X^k_h = Σ_ij W^k_hij X^(k−1)_i · X⁰_j, component by component of the embeddings, and Σ over the components of each X^k
    private Node Cin(string scope, Node fields)
    {
        var x = fields.SwapGroups();
        var h = x;
        var sums = new List<Node>();
        for (var k = 0; k < options.Maps.Count; k++)
        {
            h = h.OuterGroups(x).SameLinear($"cin/{scope}/{k}", options.Maps[k]);
            sums.Add(h.SumGroups());
        }

        return sums[0].Concat(sums[1..]);
    }
}
