using Sundry.Data;
using Sundry.Serving;

namespace Sundry.Tests.Serving.Lists;

public sealed class ItemStockTests
{
    private static readonly ShopEvent[] s_events =
    [
        ToyLog.Event(EventTypes.Purchase, ToyLog.Start + 10, 0, 0, quantity: 2),
        ToyLog.Event(EventTypes.Purchase, ToyLog.Start + 20, 1, 0, quantity: float.NaN),
        ToyLog.Event(EventTypes.Return, ToyLog.Start + 30, 1, 0),
        ToyLog.Event(EventTypes.Purchase, ToyLog.Start + 50, 1, 1),
    ];

    [Fact]
    public void Of_deliveries_purchases_are_taken_until_the_moment()
    {
        var log = Log([new(0, ToyLog.Start, 3), new(1, ToyLog.Start, 1), new(1, ToyLog.Start + 40, 2), new(2, ToyLog.Start + 100, 5)]);
        Assert.Equal([3, 1, 0, 0], ItemStock.Of(log, ToyLog.Start + 5)!);
        Assert.Equal([0, 1, 0, 0], ItemStock.Of(log, ToyLog.Start + 35)!);
        Assert.Equal([0, 3, 0, 0], ItemStock.Of(log, ToyLog.Start + 50)!);
        Assert.Equal([0, 2, 5, 0], ItemStock.Of(log, long.MaxValue)!);
    }

    [Fact]
    public void What_is_said_to_be_left_is_left_whatever_was_bought()
    {
        Assert.Equal([1, 7, 0, 0], ItemStock.Of(Log([new(0, null, 1), new(1, null, 7)]), long.MaxValue)!);
        Assert.Equal([0, 0, 0, 0], ItemStock.Of(Log([]), long.MaxValue)!);
        Assert.Null(ItemStock.Of(Log(null), long.MaxValue));
    }

    [Fact]
    public void The_available_are_those_that_were_allowed_before()
    {
        var (allowed, without) = ItemStock.Available([1, 0, double.PositiveInfinity, -1], [true, true, true, false]);
        Assert.Equal([true, false, true, false], allowed);
        Assert.Equal(1, without);
        Assert.Throws<InputException>(() => ItemStock.Available([1, 0], [false, true]));
    }

    private static EventLog Log(IReadOnlyList<StockRow>? stock)
    {
        var log = new EventLog(s_events) { Stock = stock };
        for (var i = 0; i < 4; i++) log.Items.FindOrAdd($"i{i}");
        return log;
    }
}
