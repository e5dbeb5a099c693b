using Sundry.Data;
using Sundry.Training;

namespace Sundry.Tests.Training;

/// <summary>Recommenders beside what their papers say, written down with dense matrices in double.</summary>
public sealed class ReferenceTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    public void Als_solves_the_normal_equations(int steps)
    {
        var train = Random(12, 9, 40, 1);
        const int F = 3;
        const double Alpha = 2.5, Lambda = .3;
        using var als = new AlsRecommender(new() { Factors = F, Iterations = 1, Alpha = Alpha, Regularization = Lambda, Exponent = 0, Steps = steps });
        als.Fit(train, new FitRequest());
        // the items were solved last, given the users
        var x = als.UserFactors;
        for (var item = 0; item < train.ItemCount; item++)
        {
            var a = new double[F, F];
            var b = new double[F];
            for (var user = 0; user < train.UserCount; user++)
            {
                var at = train.ItemsOf(user).BinarySearch(item);
                var c = at < 0 ? 1 : 1 + Alpha * train.WeightsOf(user)[at];
                for (var i = 0; i < F; i++)
                {
                    if (at >= 0) b[i] += c * x[user * F + i];
                    for (var j = 0; j < F; j++) a[i, j] += c * x[user * F + i] * x[user * F + j];
                }
            }

            for (var i = 0; i < F; i++) a[i, i] += Lambda;
            for (var i = 0; i < F; i++)
            {
                var residual = -b[i];
                for (var j = 0; j < F; j++) residual += a[i, j] * als.ItemFactors[item * F + j];
                Assert.InRange(Math.Abs(residual), 0, 1e-4 * (1 + Math.Abs(b[i])));
            }
        }
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, 10)]
    [InlineData(false, 3)]
    public void Neighbours_are_those_of_brute_force(bool binary, double shrinkage)
    {
        var train = Random(30, 15, 150, 2);
        var x = Dense(train, binary);
        var near = new ItemNeighbours(new() { Neighbours = 4, Shrinkage = shrinkage, Binary = binary });
        near.Fit(train, new FitRequest());
        var likeness = new double[15, 15];
        for (var i = 0; i < 15; i++)
            for (var j = 0; j < 15; j++)
                likeness[i, j] = Dot(x, i, j) / (Math.Sqrt(Dot(x, i, i)) * Math.Sqrt(Dot(x, j, j)) + shrinkage);
        var kept = new HashSet<(int, int)>();
        for (var i = 0; i < 15; i++)
        {
            var expected = Enumerable.Range(0, 15).Where(j => j != i && likeness[i, j] > 0).OrderByDescending(j => (float)likeness[i, j]).ThenBy(j => j).Take(4).ToList();
            Assert.Equal(expected, near.Similar(i, 4).Select(s => s.Item));
            foreach (var (j, score) in expected.Zip(near.Similar(i, 4))) Assert.Equal(likeness[i, j], score.Score, 5);
            kept.UnionWith(expected.Select(j => (i, j)));
        }

        var scores = new float[30 * 15];
        near.Score([.. Enumerable.Range(0, 30)], scores);
        for (var u = 0; u < 30; u++)
            for (var i = 0; i < 15; i++)
                Assert.Equal(Enumerable.Range(0, 15).Sum(j => kept.Contains((i, j)) ? x[u, j] * likeness[i, j] : 0), scores[u * 15 + i], 4);

        static double Dot(double[,] x, int i, int j) => Enumerable.Range(0, x.GetLength(0)).Sum(u => x[u, i] * x[u, j]);
    }

    [Fact]
    public void Users_near_by_vote()
    {
        var train = Random(20, 12, 90, 3);
        var x = Dense(train, true);
        var near = new UserNeighbours(new() { Neighbours = 3, Shrinkage = 5 });
        near.Fit(train, new FitRequest());
        var scores = new float[20 * 12];
        near.Score([.. Enumerable.Range(0, 20)], scores);
        for (var u = 0; u < 20; u++)
        {
            double Like(int v)
            {
                double shared = 0, own = 0, other = 0;
                for (var i = 0; i < 12; i++)
                {
                    shared += x[u, i] * x[v, i];
                    own += x[u, i];
                    other += x[v, i];
                }

                return shared / (Math.Sqrt(own * other) + 5);
            }

            var nearest = Enumerable.Range(0, 20).Where(v => v != u && Like(v) > 0).OrderByDescending(v => (float)Like(v)).ThenBy(v => v).Take(3).ToList();
            for (var i = 0; i < 12; i++) Assert.Equal(nearest.Sum(v => Like(v) * x[v, i]), scores[u * 12 + i], 4);
        }
    }

    [Fact]
    public void Ease_is_the_closed_form()
    {
        // more items than a block of the inversion has, so that blocks meet
        const int Users = 300, Items = 150;
        var train = Random(Users, Items, 4000, 4);
        var x = Dense(train, true);
        var ease = new EaseRecommender(new() { Regularization = 20 });
        ease.Fit(train, new FitRequest());
        var gram = new double[Items, Items];
        for (var i = 0; i < Items; i++)
        {
            for (var j = 0; j < Items; j++)
                for (var u = 0; u < Users; u++) gram[i, j] += x[u, i] * x[u, j];
            gram[i, i] += 20;
        }

        var sides = Enumerable.Range(0, Items).Select(i => { var e = new double[Items]; e[i] = 1; return e; }).ToArray();
        Cholesky.Solve(gram, [.. Enumerable.Range(0, Items)], sides);
        var scores = new float[Users * Items];
        ease.Score([.. Enumerable.Range(0, Users)], scores);
        for (var u = 0; u < Users; u += 17)
            for (var i = 0; i < Items; i++)
                Assert.Equal(Enumerable.Range(0, Items).Sum(j => j == i ? 0 : x[u, j] * -sides[i][j] / sides[i][i]), scores[u * Items + i], 3);
    }

    [Fact]
    public void Propagation_is_that_of_dense_matrices()
    {
        const int Users = 7, Items = 5, Width = 3, Layers = 3;
        var train = Random(Users, Items, 18, 5);
        var x = Dense(train, true);
        const int N = Users + Items;
        var adjacency = new double[N, N];
        for (var u = 0; u < Users; u++)
            for (var i = 0; i < Items; i++) adjacency[u, Users + i] = adjacency[Users + i, u] = x[u, i];
        var degree = Enumerable.Range(0, N).Select(r => Enumerable.Range(0, N).Sum(c => adjacency[r, c])).ToArray();
        var random = new Random(6);
        var rows = Enumerable.Range(0, N * Width).Select(_ => (float)random.NextDouble()).ToArray();
        var layer = rows.Select(r => (double)r).ToArray();
        var mean = layer.ToArray();
        for (var l = 0; l < Layers; l++)
        {
            var next = new double[layer.Length];
            for (var r = 0; r < N; r++)
                for (var c = 0; c < N; c++)
                    for (var k = 0; k < Width; k++)
                        if (adjacency[r, c] > 0) next[r * Width + k] += layer[c * Width + k] / Math.Sqrt(degree[r] * degree[c]);
            layer = next;
            for (var k = 0; k < mean.Length; k++) mean[k] += layer[k];
        }

        var spread = new float[rows.Length];
        new Propagation(new NodeGraph(train, 1, 1), Width, Layers).Apply(rows, spread, (new float[rows.Length], new float[rows.Length]), new ParallelOptions());
        for (var k = 0; k < mean.Length; k++) Assert.Equal(mean[k] / (Layers + 1), spread[k], 5);
    }

    [Fact]
    public void Content_is_the_cosine_of_tf_idf()
    {
        var values = new Names();
        foreach (var text in new[] { "Red red shoe", "red hat", "blue shoe", "" }) values.FindOrAdd(text);
        var train = SmallShop.Of(1, 4, [(0, 0, 1)], [new NamedColumn("title", values, [0, 1, 2, 3])]);
        var content = new ContentRecommender(new());
        content.Fit(train, new FitRequest());
        var scores = new float[4];
        content.Score([0], scores);
        double Idf(int spread) => Math.Log(5.0 / (1 + spread)) + 1;
        var (red, shoe) = ((1 + Math.Log(2)) * Idf(2), Idf(2));
        var own = Math.Sqrt(red * red + shoe * shoe);
        Assert.Equal(1, scores[0], 5);
        Assert.Equal(red / own * Idf(2) / Math.Sqrt(Idf(2) * Idf(2) + Idf(1) * Idf(1)), scores[1], 5);
        Assert.Equal(shoe / own * Idf(2) / Math.Sqrt(Idf(2) * Idf(2) + Idf(1) * Idf(1)), scores[2], 5);
        Assert.Equal(0, scores[3]);
    }

    [Fact]
    public void What_was_popular_lately_is_within_the_window()
    {
        // an item's day is its number
        var train = SmallShop.Of(4, 5, [(0, 0, 1), (1, 0, 1), (2, 0, 1), (0, 3, 1), (1, 3, 1), (3, 4, 1)]);
        var all = new PopularRecommender(new());
        all.Fit(train, new FitRequest());
        Assert.Equal([3, 0, 0, 2, 1], Scores(all));
        var lately = new PopularRecommender(new() { Days = 2 });
        lately.Fit(train, new FitRequest());
        Assert.Equal([0, 0, 0, 2, 1], Scores(lately));

        static float[] Scores(PopularRecommender popular)
        {
            var scores = new float[5];
            popular.Score([0], scores);
            return scores;
        }
    }

    private static Interactions Random(int users, int items, int pairs, int seed)
    {
        var random = new Random(seed);
        return SmallShop.Of(users, items, Enumerable.Range(0, pairs).Select(_ => (random.Next(users), random.Next(items), 1f + random.Next(3))));
    }

    private static double[,] Dense(Interactions train, bool binary)
    {
        var x = new double[train.UserCount, train.ItemCount];
        for (var u = 0; u < train.UserCount; u++)
            for (var k = 0; k < train.ItemsOf(u).Length; k++) x[u, train.ItemsOf(u)[k]] = binary ? 1 : train.WeightsOf(u)[k];
        return x;
    }
}
