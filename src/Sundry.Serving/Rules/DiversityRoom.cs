namespace Sundry.Serving;

/// <summary>Room for the numbers of one pool of candidates, kept from answer to answer.</summary>
internal sealed class DiversityRoom
{
    /// <summary>[items] the candidates of the pool, then the items that have a place already or will have one.</summary>
    public int[] Items { get; private set; } = [];

    /// <summary>[pool] what a candidate's relevance counts.</summary>
    public double[] Relevant { get; private set; } = [];

    /// <summary>[pool] how alike a candidate is to the most alike item above it.</summary>
    public double[] Nearest { get; private set; } = [];

    /// <summary>[pool] the candidates that are left, best first.</summary>
    public int[] Left { get; private set; } = [];

    /// <summary>Makes room for so many items, a pool of the first <paramref name="pool"/> among them.</summary>
    public void Make(int pool, int items)
    {
        if (Items.Length < items) Items = new int[items];
        if (Left.Length < pool) (Relevant, Nearest, Left) = (new double[pool], new double[pool], new int[pool]);
        Nearest.AsSpan(0, pool).Clear();
    }
}
