using Sundry.Data;
using Sundry.Simulator;

namespace Sundry.Tests.Simulator.Tasks;

public sealed class RelatedTasksTests
{
    [Theory]
    [InlineData(2, 0)]
    [InlineData(2, .3)]
    [InlineData(2, 1)]
    [InlineData(5, .6)]
    public void Weight_vectors_have_the_length_and_the_cosine_that_were_asked_for(int count, double correlation)
    {
        var w = new RelatedTasks(new() { Tasks = count, Correlation = correlation, Scale = 1.5, Features = 20 }).WeightVectors;
        for (var i = 0; i < count; i++)
            for (var j = 0; j < count; j++)
                Assert.Equal(2.25 * (i == j ? 1 : correlation), w[i].Zip(w[j], (a, b) => a * b).Sum(), 9);
    }

    // y = z + sin z + sin(2z + 1) + sin(3z + 4), the phases being squares
    [Fact]
    public void A_label_is_the_paper_s_formula()
    {
        Assert.Equal(.7, RelatedTasks.Expected(.7, 0), 12);
        Assert.Equal(.7 + Math.Sin(.7) + Math.Sin(2.4) + Math.Sin(6.1), RelatedTasks.Expected(.7, 3), 12);
        var tasks = new RelatedTasks(new() { Features = 4, Noise = 0, Correlation = .5 });
        var (x, y) = (new double[4], new double[2]);
        tasks.Draw(17, x, y);
        for (var k = 0; k < 2; k++) Assert.Equal(RelatedTasks.Expected(x.Zip(tasks.WeightVectors[k], (a, b) => a * b).Sum(), 4), y[k], 12);
    }

    [Fact]
    public void Inputs_are_standard_normal_and_noise_has_its_deviation()
    {
        var (loud, quiet) = (new RelatedTasks(new() { Features = 3, Noise = .5 }), new RelatedTasks(new() { Features = 3, Noise = 0 }));
        var (x, y, clean) = (new double[3], new double[2], new double[2]);
        var (mean, square, noise) = (0.0, 0.0, 0.0);
        const int Rows = 20_000;
        for (var row = 0; row < Rows; row++)
        {
            loud.Draw(row, x, y);
            quiet.Draw(row, x, clean);
            mean += x[1] / Rows;
            square += x[1] * x[1] / Rows;
            noise += Math.Pow(y[0] - clean[0], 2) / Rows;
        }

        Assert.InRange(mean, -.03, .03);
        Assert.InRange(square, .95, 1.05);
        Assert.InRange(Math.Sqrt(noise), .49, .51);
    }

    [Fact]
    public void Two_correlations_of_one_seed_share_their_inputs_and_their_first_task()
    {
        var (a, b) = (new RelatedTasks(new() { Features = 5, Correlation = 0 }), new RelatedTasks(new() { Features = 5, Correlation = 1 }));
        var (x, z, y, u) = (new double[5], new double[5], new double[2], new double[2]);
        a.Draw(3, x, y);
        b.Draw(3, z, u);
        Assert.Equal(x, z);
        Assert.Equal(y[0], u[0]);
        Assert.NotEqual(y[1], u[1]);
    }

    [Fact]
    public void Options_out_of_range_are_refused_by_name()
    {
        Assert.Contains("--correlation is 1.5; give a value from 0 to 1", Assert.Throws<InputException>(() => new RelatedTasks(new() { Correlation = 1.5 })).Message, StringComparison.Ordinal);
        Assert.Contains("--tasks 3 is more than --features 2", Assert.Throws<InputException>(() => new RelatedTasks(new() { Tasks = 3, Features = 2 })).Message, StringComparison.Ordinal);
    }
}
