namespace Sundry.Serving;

/// <summary>
/// Counts that halve in a set time, without touching them as time goes by: an event weighs 2^((its time − a landmark) / half-life), so counts of one landmark compare as
/// they are, and only grow. When weights get large the landmark moves, and all counts are multiplied by a power of two, which changes no order.
/// Cormode, Shkapenyuk, Srivastava and Xu, "Forward decay", ICDE 2009.
/// </summary>
internal sealed class Decay(TimeSpan halfLife)
{
    private const int HalfLivesALandmark = 32;

    // one event of a clock that is years ahead must not make all others weigh nothing
    private static readonly long s_ahead = (long)TimeSpan.FromDays(1).TotalMilliseconds;
    private readonly double _halfLife = halfLife.TotalMilliseconds;
    private long _landmark = long.MinValue;
    private long _latest;

    /// <summary>By how much counts must be multiplied to be those of the latest event's moment.</summary>
    public float Present => _landmark == long.MinValue ? 1 : (float)Math.Pow(2, -(_latest - _landmark) / _halfLife);

    /// <summary>The weight of an event; an event is at most a day later than the latest before it.</summary>
    /// <param name="time">Unix time in milliseconds.</param>
    /// <param name="rescale">What all counts so far must be multiplied by first; nearly always 1.</param>
    public float Weigh(long time, out float rescale)
    {
        rescale = 1;
        if (_landmark == long.MinValue) (_landmark, _latest) = (time, time);
        time = Math.Min(time, _latest + s_ahead);
        _latest = Math.Max(_latest, time);
        var exponent = (time - _landmark) / _halfLife;
        if (exponent >= HalfLivesALandmark)
        {
            var moves = Math.Floor(exponent / HalfLivesALandmark);
            _landmark += (long)(moves * HalfLivesALandmark * _halfLife);
            rescale = (float)Math.Pow(2, -moves * HalfLivesALandmark);
            exponent = (time - _landmark) / _halfLife;
        }

        return (float)Math.Pow(2, exponent);
    }

    public void Save(BinaryWriter to)
    {
        to.Write(_landmark);
        to.Write(_latest);
    }

    public void Load(BinaryReader from) => (_landmark, _latest) = (from.ReadInt64(), from.ReadInt64());
}
