using Sundry.Compute;
using Sundry.Tests.House;

namespace Sundry.Tests;

/// <summary>A request's shared columns, read from its first row alone, give what repeating them in every row gives.</summary>
public sealed class SharedInputsTests
{
    private const int Capacity = 90;
    private const int TableRows = 50;

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void What_is_shared_is_read_from_the_first_row(int threads, bool bias)
    {
        var net = new Net(bias);
        using var store = new ParameterStore(net.Graph, 7);
        using var plain = new InferencePlan(store, Capacity, threads, net.Outputs);
        using var shared = new InferencePlan(store, Capacity, threads, net.Outputs, net.Shared);
        foreach (var rows in new[] { 1, 2, 15, 16, 31, 33, 64, 90, 0 })
        {
            net.Fill(plain, rows, poison: false);
            net.Fill(shared, rows, poison: true);
            plain.Run(rows);
            shared.Run(rows);
            foreach (var output in net.Outputs)
            {
                var (expected, found) = (new float[rows * output.Width], new float[rows * output.Width]);
                plain.Copy(output, expected);
                shared.Copy(output, found);
                Check.Near($"{output} of {rows} rows", [.. expected.Select(v => (double)v)], found, 2e-6);
            }
        }
    }

    /// <summary>Fields of few values that are looked up, all that there is memory for, shared ones and others; and other weights in between.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 40_000)]
    [InlineData(2, 40_000)]
    [InlineData(3, 10_000_000)]
    public void What_single_values_come_to_may_be_looked_up(int threads, long memory)
    {
        var net = new Net(bias: true) { Values = TableRows / 2 };
        for (var field = 0; field < 3; field++) net.Ids.Limit(field, field == 1 ? TableRows / 2 : 0, TableRows / 2);
        net.User.Limit(0, 0, TableRows / 2);
        using var store = new ParameterStore(net.Graph, 7);
        using var plain = new InferencePlan(store, Capacity, 1, net.Outputs);
        using var looking = new InferencePlan(store, Capacity, threads, net.Outputs, net.Shared, memory);
        foreach (var rows in new[] { 90, 7, 1, 33, 64 })
        {
            net.Fill(plain, rows, poison: false);
            net.Fill(looking, rows, poison: true);
            plain.Run(rows);
            looking.Run(rows);
            foreach (var output in net.Outputs)
            {
                var (expected, found) = (new float[rows * output.Width], new float[rows * output.Width]);
                plain.Copy(output, expected);
                looking.Copy(output, found);
                Check.Near($"{output} of {rows} rows", [.. expected.Select(v => (double)v)], found, 3e-6);
            }

            foreach (var parameter in net.Graph.Parameters)
                foreach (ref var value in store.Values(parameter))
                    value *= 1.1f;
            store.Touch();
        }

        net.Fill(looking, 40, poison: true);
        looking.Input(net.Ids)[1] = 0;
        Assert.Throws<ArgumentOutOfRangeException>(() => looking.Run(40));
    }

    /// <summary>What puts a layer's input side by side is left out where nobody else reads it.</summary>
    [Fact]
    public void An_input_that_only_divided_layers_read_is_not_made()
    {
        var graph = new Graph();
        var table = graph.Table("table", 30, 8, Initializer.Normal(1));
        var ids = graph.Ids("ids", 3);
        for (var field = 0; field < 3; field++) ids.Limit(field, 10 * field, 10);
        var numbers = graph.Input("numbers", 2);
        var output = table.Lookup(ids).Concat(numbers).Linear("layer", 40).Relu();
        var shared = new SharedInputs();
        shared.Add(ids, 0);
        using var store = new ParameterStore(graph, 7);
        using var plain = new InferencePlan(store, 20, 1, [output]);
        using var divided = new InferencePlan(store, 20, 1, [output], shared, memory: 1 << 20);
        Assert.DoesNotContain(divided.Ops, op => op is LookupOp or ConcatOp);
        foreach (var plan in new[] { plain, divided })
        {
            for (var r = 0; r < 20; r++)
            {
                for (var field = 0; field < 3; field++) plan.Input(ids)[3 * r + field] = 10 * field + (field == 0 ? 4 : r * (field + 2) % 10);
                for (var c = 0; c < 2; c++) plan.Input(numbers)[2 * r + c] = r - c;
            }

            plan.Run(20);
        }

        var (expected, found) = (new float[800], new float[800]);
        plain.Copy(output, expected);
        divided.Copy(output, found);
        Check.Near("output", [.. expected.Select(v => (double)v)], found, 2e-6);
    }

    [Fact]
    public void Changed_weights_are_packed_anew()
    {
        var net = new Net(bias: true);
        using var store = new ParameterStore(net.Graph, 7);
        using var plain = new InferencePlan(store, Capacity, 2, net.Outputs);
        using var shared = new InferencePlan(store, Capacity, 2, net.Outputs, net.Shared);
        var (before, after, expected) = (new float[40], new float[40], new float[40]);
        net.Fill(shared, 40, poison: true);
        shared.Run(40);
        shared.Copy(net.Outputs[0], before);
        foreach (var parameter in net.Graph.Parameters)
            foreach (ref var value in store.Values(parameter))
                value *= 1.5f;
        store.Touch();
        net.Fill(shared, 40, poison: true);
        shared.Run(40);
        shared.Copy(net.Outputs[0], after);
        net.Fill(plain, 40, poison: false);
        plain.Run(40);
        plain.Copy(net.Outputs[0], expected);
        Assert.NotEqual(before, after);
        Check.Near("after", [.. expected.Select(v => (double)v)], after, 2e-6);
    }

    [Fact]
    public void A_wrong_id_in_the_first_row_is_refused()
    {
        var net = new Net(bias: true);
        using var store = new ParameterStore(net.Graph, 7);
        using var shared = new InferencePlan(store, Capacity, 2, net.Outputs, net.Shared);
        net.Fill(shared, 40, poison: true);
        shared.Input(net.Ids)[0] = TableRows;
        Assert.Throws<ArgumentOutOfRangeException>(() => shared.Run(40));
        net.Fill(shared, 40, poison: true);
        shared.Input(net.User)[1] = -1;
        Assert.Throws<ArgumentOutOfRangeException>(() => shared.Run(40));
        net.Fill(shared, 40, poison: true);
        shared.Run(40);
    }

    [Fact]
    public void A_call_allocates_nothing()
    {
        var net = new Net(bias: true);
        using var store = new ParameterStore(net.Graph, 7);
        using var shared = new InferencePlan(store, Capacity, 1, net.Outputs, net.Shared);
        net.Fill(shared, Capacity, poison: true);
        shared.Run(Capacity);
        Assert.Equal(0, AllocationBudget.BytesOnThisThread(() =>
        {
            for (var i = 0; i < 100; i++) shared.Run(Capacity);
        }));
    }

    [Fact]
    public void A_column_that_is_not_there_cannot_be_shared()
    {
        var net = new Net(bias: true);
        var shared = new SharedInputs();
        Assert.Throws<ArgumentOutOfRangeException>(() => shared.Add(net.Ids, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => shared.Add(net.Numbers, 5));
        Assert.Throws<ArgumentException>(() => shared.Add(net.Outputs[0], 0));
    }

    /// <summary>Ids and numbers of which some are shared, ids and a bag that are altogether, a tower on shared values alone, experts and a gate on all.</summary>
    private sealed class Net
    {
        public Net(bool bias)
        {
            var table = Graph.Table("table", TableRows, 8, Initializer.Normal(1));
            Ids = Graph.Ids("ids", 3);
            User = Graph.Ids("user", 2);
            Bag = Graph.Bag("bag");
            Numbers = Graph.Input("numbers", 5);
            var user = table.Lookup(User).Concat(table.Pool(Bag, PoolingMode.Mean));
            var tower = user.Linear("tower", 33).LayerNorm("norm").Relu().Dropout(0.3);
            var x = table.Lookup(Ids).Concat(user, tower, Numbers);
            var experts = x.Linear("experts", 3 * 20, bias, groups: 3).Relu().GroupedLinear("second", 9).Relu();
            var gate = x.Linear("gate", 3, bias: false).Softmax();
            var cross = x.Linear("cross", x.Width).Multiply(x).StopGradient();
            var mixed = gate.Mix(experts).Concat(cross.Slice(3, 40));
            // two panels and four columns: however it is divided among threads, no part may look like a head
            var edge = x.Linear("edge", 36, bias);
            Outputs = [mixed.Linear("head", 1), gate, user.Slice(2, 7), edge];
            Shared.Add(Ids, 0);
            Shared.Add(Ids, 2);
            Shared.Add(User, 0);
            Shared.Add(User, 1);
            Shared.Add(Bag);
            Shared.Add(Numbers, 4);
        }

        /// <summary>Values of the fields of ids: of the second the table's last, of the others its first.</summary>
        public int Values { get; init; } = TableRows;

        public Graph Graph { get; } = new();

        public IdNode Ids { get; }

        public IdNode User { get; }

        public BagNode Bag { get; }

        public Node Numbers { get; }

        public Node[] Outputs { get; }

        public SharedInputs Shared { get; } = new();

        /// <summary>Writes rows that agree in what is shared, or, poisoned, that hold nonsense there in all rows but the first.</summary>
        public void Fill(InferencePlan plan, int rows, bool poison)
        {
            var random = new Random(rows);
            int[] common = [.. Enumerable.Range(0, 8).Select(_ => random.Next(Values))];
            var number = random.NextSingle();
            for (var r = 0; r < rows; r++)
            {
                var bad = poison && r > 0;
                plan.Input(Ids)[3 * r] = bad ? -7 : common[0];
                plan.Input(Ids)[3 * r + 1] = TableRows - 1 - random.Next(Values);
                plan.Input(Ids)[3 * r + 2] = bad ? int.MaxValue : common[1];
                plan.Input(User)[2 * r] = bad ? -1 : common[2];
                plan.Input(User)[2 * r + 1] = bad ? TableRows : common[3];
                for (var c = 0; c < 4; c++) plan.Input(Numbers)[5 * r + c] = random.NextSingle() - 0.5f;
                plan.Input(Numbers)[5 * r + 4] = bad ? float.NaN : number;
            }

            var bags = poison ? Math.Min(1, rows) : rows;
            plan.SetBag(Bag, [.. Enumerable.Range(0, bags + 1).Select(r => 4 * r)], [.. Enumerable.Range(0, bags).SelectMany(_ => common[4..])]);
        }
    }
}
