namespace Sundry.Simulator;

/// <summary>One customer looking around: a few pages, some seconds apart.</summary>
internal sealed class Visit
{
    public required int Number { get; init; }

    public required Customer Customer { get; set; }

    /// <summary>What the customer came for.</summary>
    public required int Intent { get; set; }

    /// <summary>The kind of the next page where what was done on the last one decides it; empty before the first.</summary>
    public string Scenario { get; set; } = "";

    public required string Device { get; init; }

    public required bool DeviceIsKnown { get; init; }

    /// <summary>Seconds since the first midnight at which the next page is shown.</summary>
    public required long Time { get; set; }

    /// <summary>Products still to be shown, this page's and later ones'.</summary>
    public required int Remaining { get; set; }

    /// <summary>The visit's own draws, so that visits at the same time do not disturb each other.</summary>
    public SeededStream Draws;
}
