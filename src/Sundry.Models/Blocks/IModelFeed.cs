using Sundry.Compute;

namespace Sundry.Models;

/// <summary>Where the inputs of a batch are written: a training plan's or an inference plan's.</summary>
internal interface IModelFeed
{
    Span<float> Dense(Node node);

    Span<int> Ids(IdNode node);

    void SetBag(BagNode node, ReadOnlySpan<int> offsets, ReadOnlySpan<int> ids, ReadOnlySpan<float> weights);
}
