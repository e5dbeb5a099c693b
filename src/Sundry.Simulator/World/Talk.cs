namespace Sundry.Simulator;

/// <summary>What customers hear of: the last few products that their friends bought.</summary>
internal sealed class Talk(Friends friends, int customers)
{
    private const int Kept = 8;
    private const int DaysRemembered = 14;

    private readonly (int Product, int Day)[] _heard = new (int, int)[customers * Kept];      // product + 1; 0 = nothing
    private readonly byte[] _next = new byte[customers];
    private int _today;

    public void TurnTo(int day) => _today = day;

    /// <summary>A customer bought something; all friends hear of it.</summary>
    public void Tell(Customer buyer, Product product)
    {
        foreach (var friend in friends.Of(buyer.Index))
        {
            _heard[friend * Kept + _next[friend]] = (product.Index + 1, _today);
            _next[friend] = (byte)((_next[friend] + 1) % Kept);
        }
    }

    /// <summary>Whether a friend bought the product within two weeks.</summary>
    public bool Of(Customer customer, Product product)
    {
        foreach (var (heard, day) in _heard.AsSpan(customer.Index * Kept, Kept))
            if (heard == product.Index + 1 && _today - day <= DaysRemembered) return true;
        return false;
    }

    /// <summary>Something that a friend bought lately, or -1.</summary>
    public int Any(Customer customer, ref SeededStream draws)
    {
        var (heard, day) = _heard[customer.Index * Kept + draws.Below(Kept)];
        return heard > 0 && _today - day <= DaysRemembered ? heard - 1 : -1;
    }
}
