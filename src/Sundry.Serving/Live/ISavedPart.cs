namespace Sundry.Serving;

/// <summary>A part of a shop's memory that is saved beside the folds of its events.</summary>
internal interface ISavedPart : IEventFold
{
    /// <inheritdoc/>
    void IEventFold.Apply(in Data.ShopEvent e)
    {
        // it hears of events by their names
    }
}
