using System.CommandLine;

namespace Sundry.Cli;

/// <summary><c>sundry bench</c>: how fast it is here, by part.</summary>
internal static class BenchVerb
{
    public static Command Create() => new("bench", "Measure how fast this machine is, and how near to its limit training, scoring and retrieval come")
    {
        BenchPeakVerb.Create(), BenchProductsVerb.Create(), BenchTrainVerb.Create(), BenchScoreVerb.Create(), BenchRetrieveVerb.Create(), BenchCorrelationVerb.Create(), BenchIngestVerb.Create(), BenchLiveVerb.Create(),
        BenchRecommendVerb.Create(), BenchLoadVerb.Create(), BenchServeVerb.Create(),
    };
}
