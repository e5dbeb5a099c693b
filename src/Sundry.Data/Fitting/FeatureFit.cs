using System.Runtime.ExceptionServices;

namespace Sundry.Data;

/// <summary>Fits features side by side.</summary>
internal static class FeatureFit
{
    /// <summary>Fits all but histories, which follow, since they share the vocabularies of others.</summary>
    /// <param name="features">The features, which have counted.</param>
    /// <param name="summaries">[features] receives what was found.</param>
    public static void Run(FeatureColumn[] features, FeatureSummary[] summaries)
    {
        try
        {
            Parallel.For(0, features.Length, i =>
            {
                if (features[i] is not HistoryColumn) summaries[i] = features[i].Fit();
            });
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
