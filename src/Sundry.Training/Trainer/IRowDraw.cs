namespace Sundry.Training;

/// <summary>Which rows make up the batches of each epoch. A pure function of the seed and the epoch: a resumed training draws what an uninterrupted one would have drawn.</summary>
internal interface IRowDraw
{
    /// <summary>Steps of an epoch, counted from 1.</summary>
    int Steps(int epoch);

    /// <summary>Rows of an epoch, those that come twice counted twice.</summary>
    long Rows(int epoch);

    /// <summary>Draws an epoch; <see cref="Batch"/> is then about it.</summary>
    void Draw(ulong seed, int epoch);

    /// <summary>The rows of a step of the epoch that was drawn.</summary>
    ReadOnlySpan<int> Batch(int step);
}
