namespace Sundry.Data;

/// <summary>What a log says of an item's stock.</summary>
/// <param name="Item">The item.</param>
/// <param name="Time">When so many pieces were delivered, Unix milliseconds; null: so many are left at the log's end.</param>
/// <param name="Quantity">Pieces; below 0 where a delivery was taken back.</param>
public readonly record struct StockRow(int Item, long? Time, float Quantity);
