using Spectre.Console;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary>How recommenders' lists do, for people.</summary>
internal static class TopNTables
{
    public static void Write(IReadOnlyList<TopNContestant> results, Interactions train, int pairs)
    {
        var first = results[0].Results[0];
        var metrics = Enum.GetValues<TopNMetric>();
        var seeds = results[0].Results.Count == 1 ? "" : $", mean ± sd over {results[0].Results.Count} fits";
        var table = Numbers($"{first.Protocol}{seeds}", ["recommender", .. metrics.Select(m => TopNResult.Name(m, first.Length)), "seconds"]);
        foreach (var r in results) table.AddRow([new Text(r.Name), .. metrics.Select(m => Over(r.Over(m))), new Text(r.Seconds.ToString("0.00"))]);
        Terminal.People.Write(table);

        if (first.Figures is not null)
        {
            var figures = Numbers("what the lists are like", ["recommender", "coverage", "novelty, bits", "diversity", "popularity", "gini"]);
            foreach (var r in results)
                figures.AddRow([new Text(r.Name), Over(r.Over(f => f.Coverage)), Over(r.Over(f => f.Novelty)), Over(r.Over(f => f.Diversity)), Over(r.Over(f => f.Popularity)), Over(r.Over(f => f.Gini))]);
            Terminal.People.Write(figures);
            var parts = Numbers($"recall@{first.Length} by kinds of users and items", ["recommender", .. results[0].Segments.Select(s => $"{s.Name}\n{s.Users:N0} users")]);
            foreach (var r in results) parts.AddRow([new Text(r.Name), .. r.Segments.Select(s => new Text(Number(s.Recall)))]);
            Terminal.People.Write(parts);
            foreach (var s in results[0].Segments) Terminal.Say($"{s.Name}: {s.Meaning}");
        }

        if (results.Count > 1)
        {
            var hasRare = results.All(c => c.Results.All(o => o.Rare.Contains(true)));
            TopNMetric[] shown = [TopNMetric.Recall, TopNMetric.Ndcg];
            var against = Numbers($"difference to {results[0].Name}, with its 95% interval over users", ["recommender", .. shown.Select(m => TopNResult.Name(m, first.Length)), "verdict by ndcg", .. hasRare ? [$"{TopNResult.Name(TopNMetric.Recall, first.Length)}, rare users"] : Array.Empty<string>()]);
            foreach (var r in results.Skip(1))
            {
                var differences = shown.Select(m => TopNComparison.Of(r.Results, results[0].Results, m)).ToList();
                against.AddRow([new Text(r.Name), .. differences.Select(Difference), new Text(differences[^1].Verdict.ToString().ToLowerInvariant()), .. hasRare ? [Difference(TopNComparison.Of(r.Results, results[0].Results, TopNMetric.Recall, rare: true))] : Array.Empty<Text>()]);
            }

            Terminal.People.Write(against);
        }

        Terminal.Say($"{train.Count:N0} interactions of {train.UserCount:N0} users with {train.ItemCount:N0} items to learn from, {pairs:N0} of {first.Users.Length:N0} users to judge on");
        if (first.Protocol != TopNResult.WholeCatalogue) Terminal.Say("these figures are among sampled candidates: they reproduce published ones and do not say how lists over the catalogue do");
    }

    private static Table Numbers(string title, IReadOnlyList<string> columns)
    {
        var table = new Table().Title(title).Border(TableBorder.Rounded).AddColumn(columns[0]);
        foreach (var column in columns.Skip(1)) table.AddColumn(new TableColumn(new Text(column)).RightAligned());
        return table;
    }

    private static Text Difference(MetricDifference d) => new($"{d.Difference:+0.0000;-0.0000}  ({d.Low:+0.0000;-0.0000} … {d.High:+0.0000;-0.0000})");

    private static Text Over(SeedSummary s) => new(double.IsNaN(s.Sd) ? Number(s.Mean) : $"{Number(s.Mean)}\n± {Number(s.Sd)}");

    private static string Number(double value) => double.IsNaN(value) ? "–" : value.ToString("0.0000");
}
