namespace Sundry.Simulator;

/// <summary>
/// What is left of each product. A purchase takes its units when it is decided, so that what is shown can be bought; what runs low is
/// ordered and arrives some days later, sometimes too late.
/// </summary>
internal sealed class Stock
{
    private const int Least = 4;

    private readonly int[] _left;
    private readonly int[] _delivery;
    private readonly int[] _arrives;      // day, or -1 where nothing is on its way
    private readonly ulong _seed;
    private int _today;

    public Stock(Shop shop, ShopOptions options, double impressions)
    {
        _seed = options.Seed;
        _left = new int[shop.Products.Count];
        _delivery = new int[_left.Length];
        _arrives = new int[_left.Length];
        var weekly = impressions * options.PurchaseRate * 7 / options.Days / shop.Products.Sum(p => p.Popularity);
        foreach (var product in shop.Products)
        {
            var draws = new SeededStream(_seed, Purpose.Stock, product.Index);
            _delivery[product.Index] = Least + (int)(weekly * product.Popularity * (1 + 2 * draws.Uniform()));
            _arrives[product.Index] = product.Launched;
        }
    }

    /// <summary>Units that can be promised.</summary>
    public int Left(int product) => _left[product];

    /// <summary>Begins a day: what was due arrives.</summary>
    /// <param name="day">From 0, one after the other.</param>
    /// <param name="delivered">Told of each product and its units.</param>
    public void TurnTo(int day, Action<int, int>? delivered)
    {
        _today = day;
        for (var product = 0; product < _left.Length; product++)
        {
            if (_arrives[product] != day) continue;
            _arrives[product] = -1;
            _left[product] += _delivery[product];
            delivered?.Invoke(product, _delivery[product]);
        }
    }

    /// <summary>Takes up to <paramref name="units"/>; returns how many there were.</summary>
    public int Take(int product, int units)
    {
        var taken = Math.Min(units, _left[product]);
        _left[product] -= taken;
        if (_left[product] <= _delivery[product] / 4 && _arrives[product] < 0)
        {
            var draws = new SeededStream(_seed, Purpose.Stock, ((long)(_today + 1) << 32) | (uint)product);
            _arrives[product] = _today + 1 + draws.Below(6);
        }

        return taken;
    }
}
