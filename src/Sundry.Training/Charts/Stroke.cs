namespace Sundry.Training;

/// <summary>How a line is drawn besides its colour, so that colour is never the only difference.</summary>
public enum Stroke
{
    /// <summary>Without gaps.</summary>
    Solid,

    /// <summary>In strokes.</summary>
    Dashed,

    /// <summary>In dots.</summary>
    Dotted,
}
