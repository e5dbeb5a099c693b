namespace Sundry.Simulator;

/// <summary>One customer looking around: a few pages, some seconds apart.</summary>
internal sealed class Visit
{
    public required int Number { get; init; }

    public required Customer Customer { get; init; }

    /// <summary>What the customer came for.</summary>
    public required int Intent { get; init; }

    public required string Device { get; init; }

    public required bool DeviceIsKnown { get; init; }

    /// <summary>Seconds since the first midnight at which the next page is shown.</summary>
    public required long Time { get; set; }

    /// <summary>Products still to be shown, this page's and later ones'.</summary>
    public required int Remaining { get; set; }

    /// <summary>The visit's own draws, so that visits at the same time do not disturb each other.</summary>
    public SeededStream Draws;
}
