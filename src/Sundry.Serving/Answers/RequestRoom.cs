namespace Sundry.Serving;

/// <summary>Room for the candidates of one request, kept from request to request so that an answer allocates little more than itself.</summary>
internal sealed class RequestRoom
{
    private BlendedCandidate[] _found = [];
    private BlendedCandidate[] _kept = [];
    private Candidate[] _scored = [];
    private double[] _values = [];

    /// <summary>Candidates by place, for items of the answer.</summary>
    public ItemTable Places { get; } = new();

    /// <summary>Why items are there.</summary>
    public AnchorTable Visited { get; } = new();

    /// <summary>The same of purchases.</summary>
    public AnchorTable Bought { get; } = new();

    /// <summary>What the sources found, before what the rules would refuse is left out.</summary>
    public Span<BlendedCandidate> Found(int count) => Of(ref _found, count);

    /// <summary>The candidates; what was there stays while no more are wanted than before.</summary>
    public Span<BlendedCandidate> Kept(int count) => Of(ref _kept, count);

    /// <summary>The candidates with the values by which they are put in order.</summary>
    public Span<Candidate> Scored(int count) => Of(ref _scored, count);

    /// <summary>[candidates] their values.</summary>
    public Span<double> Values(int count) => Of(ref _values, count);

    private static Span<T> Of<T>(ref T[] array, int count)
    {
        if (array.Length < count) array = new T[Math.Max(count, 2 * array.Length)];
        return array.AsSpan(0, count);
    }
}
