using Sundry.Data;
using Sundry.Tests.House;
using Sundry.Training;

namespace Sundry.Tests.Training;

/// <summary>examples/sources, as its README says it: what is known of a user in one table helps in the others.</summary>
public sealed class SourcesExampleTests
{
    [Fact]
    public void Churn_and_stars_gain_by_being_learned_with_visits()
    {
        using var folder = new TemporaryFolder();
        var file = Checkout.Of("examples", "sources", "sundry.yaml");
        var options = ConfigReader.Read<SundryOptions>(File.ReadAllText(file).Replace("data:\n", $"data:\n  cache: {folder.Path("cache")}\n", StringComparison.Ordinal), file);
        using var data = Dataset.Prepare(options.Request(Path.GetDirectoryName(file)!));
        var together = Learn(null);
        var (churn, stars) = (Learn(["churn"])["churn"]["auc"], Learn(["stars"])["stars"]["rmse"]);
        Assert.True(together["churn"]["auc"] > churn + 0.1, $"{together["churn"]["auc"]} beside {churn}");
        Assert.True(together["stars"]["rmse"] < stars - 0.05, $"{together["stars"]["rmse"]} beside {stars}");

        Dictionary<string, Dictionary<string, double>> Learn(string[]? tasks)
        {
            using var trained = new Trainer(data, options, folder.Path("work"), tasks).Train();
            return Evaluation.Predict(trained.Model, trained.Store, data.Test!, 2).ToDictionary(p => p.Task.Name, p => p.Metrics(bootstrap: 0).ToDictionary(m => m.Name, m => m.Value));
        }
    }
}
