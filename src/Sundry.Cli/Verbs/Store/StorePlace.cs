using Sundry.Data;
using Sundry.Serving;

namespace Sundry.Cli;

/// <summary>Stores that must be there already: a slip of the pen makes no new one.</summary>
internal static class StorePlace
{
    /// <exception cref="InputException">There is no such file.</exception>
    public static ShopStore Existing(string place)
    {
        if (!place.Contains("://", StringComparison.Ordinal) && !File.Exists(place)) throw new InputException("there is no such store; make one with: sundry store load, or sundry serve", place);
        return ShopStore.Open(place);
    }
}
