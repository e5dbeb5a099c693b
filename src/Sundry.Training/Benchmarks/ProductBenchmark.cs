using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Training;

/// <summary>
/// Measures the matrix products of a model's layers in all three forms against the machine's peak. Peak and product take turns, so that
/// both meet the same clock and the same neighbours.
/// </summary>
public static class ProductBenchmark
{
    private const int Tries = 8;

    /// <summary>Measures on one thread, and on all.</summary>
    /// <param name="options">Whose products, and how.</param>
    /// <param name="progress">Told what is going on, in words.</param>
    /// <param name="cancel">Stops after the present product.</param>
    /// <exception cref="InputException">An option is out of its range.</exception>
    public static ProductBenchmarkResult Run(ProductBenchmarkOptions options, IProgress<string>? progress = null, CancellationToken cancel = default)
    {
        options.Check();
        var rows = options.Batch / options.Threads;
        int[] counts = options.Threads == 1 ? [1] : [1, options.Threads];
        List<Series> all =
        [
            .. from threads in counts
               from shape in Products.Of(options.Model.Create().Graph)
               from form in Enum.GetValues<ProductForm>()
               select new Series(shape, form, threads, rows),
        ];
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var series in all)
            {
                cancel.ThrowIfCancellationRequested();
                series.Measure(Tries);
            }

            progress?.Report($"round {round + 1} of {options.Rounds}");
        }

        var totals =
            from threads in counts
            from form in new ProductForm?[] { ProductForm.Forward, ProductForm.InputGradient, ProductForm.WeightGradient, null }
            select Sum([.. all.Where(s => s.Threads == threads && (form is null || s.Form == form))], form, options.Rounds);
        return new(rows, [.. all.Select(s => s.Result())], [.. totals], options, Machine.Here());
    }

    private static ProductBenchmarkResult.Total Sum(Series[] some, ProductForm? form, int rounds)
    {
        var operations = some.Sum(s => s.Operations);
        double Seconds(Func<Series, double> rate) => some.Sum(s => s.Operations / rate(s));
        var rate = Spread.Of(Enumerable.Range(0, rounds).Select(r => operations / Seconds(s => s.Gflops[r])));
        var share = Spread.Of(Enumerable.Range(0, rounds).Select(r => Seconds(s => s.Peaks[r]) / Seconds(s => s.Gflops[r])));
        return new(form, some[0].Threads, rate.Median, share.Median, [share.Least, share.Greatest]);
    }

    /// <summary>One product over the rounds.</summary>
    private sealed class Series(ProductShape shape, ProductForm form, int threads, int rows)
    {
        public ProductForm Form => form;

        public int Threads => threads;

        public double Operations => shape.Operations(rows) * shape.Count * threads;

        public List<double> Gflops { get; } = [];

        public List<double> Peaks { get; } = [];

        public void Measure(int tries)
        {
            var before = Peak.MultiplyAdds(threads, tries);
            Gflops.Add(Products.Measure(shape, form, rows, threads, tries));
            Peaks.Add((before + Peak.MultiplyAdds(threads, tries)) / 2);
        }

        public ProductBenchmarkResult.Product Result()
        {
            var share = Spread.Of(Gflops.Zip(Peaks, (product, peak) => product / peak));
            return new(shape, form, threads, Spread.Of(Gflops).Median, Spread.Of(Peaks).Median, share.Median, [share.Least, share.Greatest]);
        }
    }
}
