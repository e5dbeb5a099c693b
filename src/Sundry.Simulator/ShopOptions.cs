using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Sundry.Data;

namespace Sundry.Simulator;

/// <summary>How large the simulated shop is, and how its visitors behave on average. The defaults are the shop of <c>sundry demo</c>.</summary>
public sealed class ShopOptions
{
    /// <summary>Customers that may visit.</summary>
    /// <value>Default 1,200.</value>
    [Range(2, 50_000_000), Description("customers that may visit")]
    public int Users { get; set; } = 1_200;

    /// <summary>Products that may be shown.</summary>
    /// <value>Default 400. At least three times <see cref="PageSize"/>.</value>
    [Range(3, 20_000_000), Description("products that may be shown")]
    public int Items { get; set; } = 400;

    /// <summary>Categories that the products fall into.</summary>
    /// <value>Default 16.</value>
    [Range(1, 10_000), Description("categories that the products fall into")]
    public int Categories { get; set; } = 16;

    /// <summary>Brands that make the products; a brand stays in one category.</summary>
    /// <value>Default 48.</value>
    [Range(1, 1_000_000), Description("brands that make the products")]
    public int Brands { get; set; } = 48;

    /// <summary>Rows to write, training and test together.</summary>
    /// <value>Default 400,000.</value>
    [Range(1, 2_000_000_000), Description("rows to write, training and test together")]
    public long Impressions { get; set; } = 400_000;

    /// <summary>Days that the log covers, from Monday 2025-03-03 on.</summary>
    /// <value>Default 28.</value>
    [Range(2, 3_650), Description("days that the log covers")]
    public int Days { get; set; } = 28;

    /// <summary>The last days, which become the test file.</summary>
    /// <value>Default 6. Less than <see cref="Days"/>.</value>
    [Range(1, 3_649), Description("the last days, which become the test file")]
    public int TestDays { get; set; } = 6;

    /// <summary>Products on one page, shown at positions 1 to this.</summary>
    /// <value>Default 10.</value>
    [Range(1, 100), Description("products on one page")]
    public int PageSize { get; set; } = 10;

    /// <summary>Width of the latent taste vectors.</summary>
    /// <value>Default 6.</value>
    [Range(1, 64), Description("width of the latent taste vectors")]
    public int Tastes { get; set; } = 6;

    /// <summary>Share of slots filled at random, and of pages in random order; the rest is ranked by what the shop guesses.</summary>
    /// <value>Default 0.25.</value>
    [Range(0.0, 1.0), Description("share of slots that the shop fills at random")]
    public double Explore { get; set; } = 0.25;

    /// <summary>Clicks per impression, on average.</summary>
    /// <value>Default 0.06.</value>
    [Range(0.0001, 0.5), Description("clicks per impression")]
    public double ClickRate { get; set; } = 0.06;

    /// <summary>Carts per impression, on average. Less than <see cref="ClickRate"/>.</summary>
    /// <value>Default 0.012.</value>
    [Range(0.00005, 0.4), Description("carts per impression")]
    public double CartRate { get; set; } = 0.012;

    /// <summary>Purchases per impression, on average. Less than <see cref="CartRate"/>.</summary>
    /// <value>Default 0.003.</value>
    [Range(0.00001, 0.3), Description("purchases per impression")]
    public double PurchaseRate { get; set; } = 0.003;

    /// <summary>Share of age bands (by customer), brands (by product) and devices (by visit) that the shop does not know.</summary>
    /// <value>Default 0.04.</value>
    [Range(0.0, 0.9), Description("share of values that the shop does not know")]
    public double Missing { get; set; } = 0.04;

    /// <summary>Customers of a circle of friends, who share a part of their taste and one favourite category; 0 is a shop of strangers.</summary>
    /// <value>Default 0.</value>
    [Range(0, 1_000), Description("customers of a circle of friends; 0 is a shop of strangers")]
    public int Circle { get; set; }

    /// <summary>Share of what a category is like that its department says (<see cref="CategoryTree"/>); at 0 the tree is names alone.</summary>
    /// <value>Default 0.</value>
    [Range(0.0, 1.0), Description("share of what a category is like that its department says")]
    public double DepartmentShare { get; set; }

    /// <summary>The same seed gives the same shop, visit for visit.</summary>
    /// <value>Default 1.</value>
    [Description("the same seed gives the same shop")]
    public ulong Seed { get; set; } = 1;

    /// <summary>Checks every range and the relations between options.</summary>
    /// <exception cref="InputException">An option is out of its range; the message names it.</exception>
    public void Validate()
    {
        foreach (var property in typeof(ShopOptions).GetProperties())
        {
            if (property.GetCustomAttribute<RangeAttribute>() is not { } range || range.IsValid(property.GetValue(this))) continue;
            throw new InputException($"the simulated shop's {Name(property.Name)} is {property.GetValue(this)}; give a value from {range.Minimum} to {range.Maximum}");
        }

        if (TestDays >= Days)
            throw new InputException($"the simulated shop's test_days ({TestDays}) must be less than its days ({Days})");
        if (Items < 3 * PageSize)
            throw new InputException($"the simulated shop has {Items} items for pages of {PageSize}; give at least {3 * PageSize} items or a smaller page_size");
        if (CartRate >= ClickRate || PurchaseRate >= CartRate)
            throw new InputException($"the simulated shop's rates must fall from click_rate ({ClickRate}) to cart_rate ({CartRate}) to purchase_rate ({PurchaseRate})");
    }

    private static string Name(string property) =>
        string.Concat(property.Select((c, i) => char.IsUpper(c) && i > 0 ? "_" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));
}
