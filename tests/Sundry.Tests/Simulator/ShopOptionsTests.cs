using Sundry.Data;
using Sundry.Simulator;

namespace Sundry.Tests.Simulator;

public sealed class ShopOptionsTests
{
    [Fact]
    public void The_defaults_are_valid() => new ShopOptions().Validate();

    [Fact]
    public void What_is_out_of_range_is_named_as_it_is_written()
    {
        Refuses(o => o.TestDays = 28, "test_days");
        Refuses(o => o.PageSize = 0, "page_size");
        Refuses(o => o.Impressions = 0, "impressions");
        Refuses(o => o.Items = 20, "items");
        Refuses(o => o.CartRate = 0.2, "cart_rate");
        Refuses(o => o.PurchaseRate = 0.05, "purchase_rate");
        Refuses(o => o.Missing = double.NaN, "missing");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(123)]
    public void Tiny_shops_work(long impressions)
    {
        var options = new ShopOptions { Users = 2, Items = 30, Categories = 40, Brands = 1, Impressions = impressions, Days = 2, TestDays = 1 };
        Assert.Equal(impressions, new ShopSimulator(options).Impressions().Count());
    }

    private static void Refuses(Action<ShopOptions> change, string name)
    {
        var options = new ShopOptions();
        change(options);
        Assert.Contains(name, Assert.Throws<InputException>(options.Validate).Message);
    }
}
