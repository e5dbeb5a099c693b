using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class RowOrderTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public void Every_row_comes_once(int rows)
    {
        var order = Order(rows, 1, 1);
        Assert.Equal(Enumerable.Range(0, rows), order.Order());
    }

    [Fact]
    public void The_order_depends_on_seed_and_epoch_alone()
    {
        Assert.Equal(Order(500, 1, 3), Order(500, 1, 3));
        Assert.NotEqual(Order(500, 1, 3), Order(500, 1, 4));
        Assert.NotEqual(Order(500, 1, 3), Order(500, 2, 3));
    }

    [Fact]
    public void No_place_favours_a_row()
    {
        // 4000 shuffles of 5 rows: each row at each place 800 times, give or take 5 deviations of 25
        var counts = new int[5, 5];
        for (var epoch = 0; epoch < 4000; epoch++)
        {
            var order = Order(5, 9, epoch);
            for (var place = 0; place < 5; place++) counts[place, order[place]]++;
        }

        foreach (var count in counts) Assert.InRange(count, 800 - 127, 800 + 127);
    }

    private static int[] Order(int rows, ulong seed, int epoch)
    {
        var order = new int[rows];
        RowOrder.Shuffle(order, seed, epoch);
        return order;
    }
}
