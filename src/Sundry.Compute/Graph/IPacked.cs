namespace Sundry.Compute;

/// <summary>Weights that an op wants rearranged once a step, before any shard runs.</summary>
internal unsafe interface IPacked
{
    /// <summary>Floats that the packed form takes: forward alone, or forward and backward.</summary>
    long PackedLength(bool training);

    /// <summary>Rearranges its share, one of <paramref name="parts"/>, of <paramref name="weights"/> (the parameter block) into <paramref name="packed"/>.</summary>
    void Pack(float* packed, float* weights, bool training, int part, int parts);
}
