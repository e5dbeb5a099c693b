using Sundry.Simulator;

namespace Sundry.Tests.Simulator.Visits;

public sealed class LoggingPolicyTests(SmallShop shop) : IClassFixture<SmallShop>
{
    [Fact]
    public void What_is_sold_out_is_not_shown()
    {
        var world = shop.Simulator.Shop;
        var stock = new Stock(world, SmallShop.Options(), 60_000);
        stock.TurnTo(0, delivered: null);
        foreach (var product in world.Products.Where(p => p.Index % 2 == 0))
        {
            while (stock.Left(product.Index) > 0) Assert.True(stock.Take(product.Index, 2) > 0);
            Assert.Equal(0, stock.Take(product.Index, 3));
            Assert.Equal(0, stock.Left(product.Index));
        }

        var policy = new LoggingPolicy(world, SmallShop.Options(), stock);
        var visit = Visit(world);
        Span<int> page = stackalloc int[10];
        foreach (var scenario in new[] { "home", "category", "email", "search" })
        {
            for (var time = 0; time < 100; time++)
            {
                Assert.Equal(10, policy.Fill(visit, scenario, 0, page));
                foreach (var product in page) Assert.Equal(1, product % 2);
            }
        }
    }

    [Fact]
    public void A_page_of_an_empty_shop_is_empty_until_the_next_delivery()
    {
        var world = shop.Simulator.Shop;
        var stock = new Stock(world, SmallShop.Options(), 60_000);
        var policy = new LoggingPolicy(world, SmallShop.Options(), stock);
        var page = new int[10];
        Assert.Equal(0, policy.Fill(Visit(world), "home", 0, page));
        var delivered = 0;
        stock.TurnTo(0, (_, units) => delivered += units);
        Assert.Equal(delivered, world.Products.Sum(p => stock.Left(p.Index)));
        Assert.Equal(10, policy.Fill(Visit(world), "home", 0, page));
    }

    [Fact]
    public void Mails_are_about_offers()
    {
        var world = shop.Simulator.Shop;
        var policy = new LoggingPolicy(world, SmallShop.Options());
        var visit = Visit(world);
        var page = new int[5];
        var (offers, shown) = (0, 0);
        for (var time = 0; time < 50; time++)
        {
            policy.Fill(visit, "email", 3, page);
            offers += page.Count(p => world.Discount(world.Products[p], 0) > 0);
            shown += page.Length;
        }

        Assert.True(offers > 0.7 * shown, $"{offers} of {shown}");
    }

    private static Visit Visit(Shop world) => new()
    {
        Number = 0,
        Customer = world.Customers[0],
        Intent = 1,
        Device = "phone",
        DeviceIsKnown = true,
        Time = 0,
        Remaining = 1000,
        Draws = new SeededStream(5, Purpose.Visits, 0),
    };
}
