namespace Sundry.Data;

/// <summary>Which of many neighbours are kept.</summary>
public enum EdgeSample
{
    /// <summary>The newest, each once.</summary>
    Recent,

    /// <summary>Any, each event of the past as likely as another: what happens often comes several times.</summary>
    Random,
}
