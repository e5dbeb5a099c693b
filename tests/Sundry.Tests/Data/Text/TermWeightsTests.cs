using Sundry.Data;

namespace Sundry.Tests;

public sealed class TermWeightsTests
{
    // TfidfVectorizer of scikit-learn 1.2.1 on ["red dress red", "blue dress", "red shoes shoes shoes", ""], with blue, dress, red and shoes as the columns
    private static readonly double[] s_rarity = [1.916290731874155, 1.5108256237659907, 1.5108256237659907, 1.916290731874155];

    [Fact]
    public void Rarities_and_weights_are_those_of_scikit_learn()
    {
        var weights = TermWeights.Fit(4, [0, 1, 2, 2, 1]);
        for (int i = 0; i < 4; i++) Assert.Equal(s_rarity[i], weights.Rarity[i + 1], 1e-6);
        AssertRow(weights, [2, 3, 3], [2, 3], [0.4472135954999579, 0.8944271909999159]);
        AssertRow(weights, [1, 2], [1, 2], [0.7852882757103967, 0.6191302964899972]);
        AssertRow(weights, [3, 4, 4, 4], [3, 4], [0.25417302589367324, 0.9671587630312067]);
        AssertRow(weights, [], [], []);
    }

    private static void AssertRow(TermWeights terms, int[] ids, int[] distinct, double[] expected)
    {
        var found = new int[ids.Length];
        var weights = new float[ids.Length];
        int count = terms.Weigh(ids, found, weights);
        Assert.Equal(distinct, found[..count]);
        Assert.Equal(expected.Length, count);
        for (int i = 0; i < count; i++) Assert.Equal(expected[i], weights[i], 2e-6);
    }
}
