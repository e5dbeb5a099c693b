namespace Sundry.Tests;

/// <summary>The sweep of ops in this process, at the vector width that this machine has.</summary>
public sealed class OpTests
{
    public static TheoryData<string> Names => [.. OpSweep.All.Select(op => op.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Op_equals_its_twin_in_values_and_gradients(string name) => OpSweep.All.Single(op => op.Name == name).Run();

    [Fact]
    public void Every_op_and_loss_is_in_the_sweep()
    {
        var names = string.Join(' ', OpSweep.All.Select(op => op.Name));
        var missing = typeof(Compute.Op).Assembly.GetTypes()
            .Where(t => !t.IsAbstract && (t.IsSubclassOf(typeof(Compute.Op)) || t.IsSubclassOf(typeof(Compute.Loss))))
            .Select(t => t.Name.EndsWith("Op", StringComparison.Ordinal) ? t.Name[..^2] : t.Name)
            // what only a scoring plan makes has its own tests; tables that are not trained are held by those of vectors and text encoders
            .Except(["Input", "Reduce", "Once", "SplitLinear", "FixedLookup", "FixedTokenLookup"])
            .Where(op => !names.Contains(op, StringComparison.Ordinal));
        Assert.Empty(missing);
    }
}
