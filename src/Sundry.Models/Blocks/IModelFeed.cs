using Sundry.Compute;

namespace Sundry.Models;

/// <summary>Where the inputs of a batch are written: a training plan's or an inference plan's.</summary>
internal interface IModelFeed
{
    /// <summary>The weights of the plan.</summary>
    ParameterStore Store { get; }

    Span<float> Dense(Node node);

    Span<int> Ids(IdNode node);

    void SetBag(BagNode node, ReadOnlySpan<int> offsets, ReadOnlySpan<int> ids, ReadOnlySpan<float> weights);
}
