using Sundry.Compute;
using Sundry.Models;
using Sundry.Training;

namespace Sundry.Tests.Training;

/// <summary>All weights of a model as bytes, to compare to the last bit.</summary>
internal static class WeightBytes
{
    public static byte[] Of(ParameterStore store)
    {
        using var stream = new MemoryStream();
        WeightFile.Write(stream, store, moments: false);
        return stream.ToArray();
    }

    public static byte[] Of(TrainedModel trained) => Of(trained.Store);
}
