namespace Sundry.Simulator;

/// <summary>
/// Who may come and what is on sale. Tastes are low-rank: a customer's comes partly from age band and country (so that a stranger is not
/// a blank page) and partly from nowhere; a product's traits come partly from its category.
/// </summary>
public sealed class Shop
{
    private static readonly string[] s_categoryNames =
    [
        "shoes", "books", "garden", "toys", "kitchen", "coats", "phones", "lamps", "sports", "beauty", "games", "music",
        "tools", "pets", "bags", "watches", "tea", "bikes", "chairs", "shirts", "cameras", "rugs", "baby", "paper",
    ];

    /// <summary>The first midnight, UTC: that of a Monday.</summary>
    public static DateTime Opening { get; } = new(2025, 3, 3, 0, 0, 0, DateTimeKind.Utc);

    private static readonly string[] s_ages = ["18-24", "25-34", "35-44", "45-54", "55-64", "65+"];
    private static readonly string[] s_countries = ["DE", "FR", "PL", "IT", "ES", "NL", "SE", "PT"];
    private static readonly string[] s_segments = ["new", "occasional", "regular", "loyal"];
    private static readonly double[] s_segmentActivity = [0.5, 0.7, 1.4, 2.2];

    // of the variance of a taste that is a customer's own, the part that the circle shares instead
    private const double CircleShare = 0.64;

    private readonly float[][] _categoryTraits;
    private readonly float[][] _ageTastes;
    private readonly float[][] _countryTastes;
    private readonly double[] _usualPrice;
    private readonly (double Quality, double Price)[] _brands;

    /// <summary>Builds the shop of <paramref name="options"/>; the same options give the same shop.</summary>
    public Shop(ShopOptions options)
    {
        Seed = options.Seed;
        Categories = [.. Enumerable.Range(0, options.Categories).Select(i => i < s_categoryNames.Length ? s_categoryNames[i] : $"category{i + 1}")];

        var categories = new SeededStream(Seed, Purpose.Categories, 0);
        _categoryTraits = Vectors(ref categories, options.Categories, options.Tastes);
        if (options.DepartmentShare > 0) Relate(options);
        _usualPrice = new double[options.Categories];
        foreach (ref var price in _usualPrice.AsSpan()) price = 6 * Math.Exp(3.4 * categories.Uniform());

        var groups = new SeededStream(Seed, Purpose.Groups, 0);
        _ageTastes = Vectors(ref groups, s_ages.Length, options.Tastes);
        _countryTastes = Vectors(ref groups, s_countries.Length, options.Tastes);

        var brands = new SeededStream(Seed, Purpose.Brands, 0);
        _brands = new (double, double)[options.Brands];
        foreach (ref var brand in _brands.AsSpan())
        {
            var quality = brands.Normal();
            brand = (quality, 0.2 * quality + 0.2 * brands.Normal());    // what is better costs more
        }

        Products = [.. Enumerable.Range(0, options.Items).Select(i => MakeProduct(i, options))];
        Customers = [.. Enumerable.Range(0, options.Users).Select(i => MakeCustomer(i, options))];
    }

    /// <summary>The seed that the shop was built from.</summary>
    public ulong Seed { get; }

    /// <summary>The names of the categories.</summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>All customers, those of later days included.</summary>
    public IReadOnlyList<Customer> Customers { get; }

    /// <summary>All products, those of later days included.</summary>
    public IReadOnlyList<Product> Products { get; }

    /// <summary>The price cut of <paramref name="product"/> in a week, as a share: 0 for nine of ten, else 0.10 to 0.40.</summary>
    public double Discount(Product product, int week)
    {
        var draws = new SeededStream(Seed, Purpose.Promotions, ((long)week << 32) | (uint)product.Index);
        return draws.Chance(0.1) ? 0.10 + 0.05 * draws.Below(7) : 0;
    }

    /// <summary>How well a product fits a taste: the inner product, around 0 with a deviation of about 1.</summary>
    public static double Match(Customer customer, Product product)
    {
        double sum = 0;
        var (taste, traits) = (customer.Taste, product.Traits);
        for (var i = 0; i < taste.Length; i++) sum += taste[i] * traits[i];
        return sum / Math.Sqrt(taste.Length);
    }

    private Product MakeProduct(int index, ShopOptions options)
    {
        var draws = new SeededStream(Seed, Purpose.Products, index);
        // the square makes the first categories the larger ones; the first products see to it that none is empty
        var category = index < options.Categories ? index : (int)(options.Categories * Math.Pow(draws.Uniform(), 1.5));
        var brandsHere = Math.Max(1, (options.Brands - category + options.Categories - 1) / options.Categories);
        var brand = (category + options.Categories * draws.Below(brandsHere)) % options.Brands;

        var traits = new float[options.Tastes];
        draws.Normals(traits, 0.75);
        Add(traits, _categoryTraits[category], 0.65);
        var quality = 0.6 * _brands[brand].Quality + 0.8 * draws.Normal();
        var relativePrice = _brands[brand].Price + 0.1 * quality + 0.3 * draws.Normal();
        var popularity = Math.Exp(0.8 * draws.Normal() + 0.3 * quality);
        return new Product
        {
            Index = index,
            Id = $"i{index:D5}",
            Category = category,
            Bait = draws.Normal(),
            ListPrice = Math.Round(_usualPrice[category] * Math.Exp(relativePrice), 2),
            RelativePrice = relativePrice,
            Quality = quality,
            Popularity = popularity,
            Traits = traits,
            Launched = index >= options.Categories + options.PageSize && draws.Chance(0.2) ? draws.Below(options.Days) : 0,
            Brand = draws.Chance(options.Missing) ? "" : $"b{brand:D3}",
        };
    }

    private Customer MakeCustomer(int index, ShopOptions options)
    {
        var draws = new SeededStream(Seed, Purpose.Customers, index);
        var age = draws.Below(s_ages.Length);
        var country = (int)(s_countries.Length * Math.Pow(draws.Uniform(), 1.6));
        var segment = draws.Below(s_segments.Length);
        var taste = new float[options.Tastes];
        var circle = options.Circle > 0 ? index % Friends.Circles(options) : -1;
        draws.Normals(taste, circle < 0 ? 0.8 : 0.8 * Math.Sqrt(1 - CircleShare));
        Add(taste, _ageTastes[age], 0.5);
        Add(taste, _countryTastes[country], 0.3);

        var favourites = new int[Math.Min(3, options.Categories)];
        for (var i = 0; i < favourites.Length; i++) favourites[i] = draws.Below(options.Categories);
        if (circle >= 0) Join(circle, taste, favourites, options);
        return new Customer
        {
            Index = index,
            Id = $"u{index:D5}",
            Country = s_countries[country],
            Segment = s_segments[segment],
            Taste = taste,
            Favourites = favourites,
            PriceSensitivity = Math.Exp(0.45 * draws.Normal() - 0.12 * (age - 2)),
            BuyerTrait = 0.6 * draws.Normal() + 0.35 * (segment - 1.5),
            Activity = s_segmentActivity[segment] * Math.Exp(0.8 * draws.Normal()),
            PhoneShare = Math.Clamp(0.85 - 0.1 * age + 0.1 * draws.Normal(), 0.05, 0.95),
            Joined = index > 0 && draws.Chance(segment == 0 ? 0.5 : 0.05) ? draws.Below(options.Days) : 0,
            AgeBand = draws.Chance(options.Missing) ? "" : s_ages[age],
        };
    }

    // what the circle likes, its friends like
    private void Join(int circle, float[] taste, int[] favourites, ShopOptions options)
    {
        var draws = new SeededStream(Seed, Purpose.Circles, circle);
        var shared = new float[options.Tastes];
        draws.Normals(shared, 0.8);
        Add(taste, shared, Math.Sqrt(CircleShare));
        favourites[0] = draws.Below(options.Categories);
    }

    // categories of a department are alike
    private void Relate(ShopOptions options)
    {
        var draws = new SeededStream(Seed, Purpose.Departments, 0);
        var departments = Vectors(ref draws, CategoryTree.Departments.Count, options.Tastes);
        for (var category = 0; category < _categoryTraits.Length; category++)
        {
            var traits = _categoryTraits[category];
            for (var i = 0; i < traits.Length; i++) traits[i] *= (float)Math.Sqrt(1 - options.DepartmentShare);
            Add(traits, departments[CategoryTree.DepartmentOf(category)], Math.Sqrt(options.DepartmentShare));
        }
    }

    private static float[][] Vectors(ref SeededStream draws, int count, int width)
    {
        var vectors = new float[count][];
        for (var i = 0; i < count; i++) draws.Normals(vectors[i] = new float[width], 1);
        return vectors;
    }

    private static void Add(Span<float> vector, ReadOnlySpan<float> other, double scale)
    {
        for (var i = 0; i < vector.Length; i++) vector[i] += (float)scale * other[i];
    }
}
