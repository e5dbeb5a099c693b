namespace Sundry.Serving;

/// <summary>Numbers of visits: at most so many are known; the one away the longest is forgotten first. A number is never given twice.</summary>
internal sealed class VisitNumbers(int most) : ISavedPart
{
    private readonly Dictionary<string, LinkedListNode<Visit>> _known = new(StringComparer.Ordinal);
    private readonly LinkedList<Visit> _order = new();     // the one away the longest first
    private int _next;

    public string Name => "visits";

    /// <summary>The visit's number; from now on it is the one that was here last.</summary>
    /// <param name="id">The visit.</param>
    /// <param name="user">The user of the event, or -1.</param>
    public int Touch(string id, int user)
    {
        if (_known.TryGetValue(id, out var node))
        {
            _order.Remove(node);
        }
        else
        {
            if (_known.Count == most) Remove(_order.First!);
            node = new LinkedListNode<Visit>(new Visit(id, _next++));
            _known.Add(id, node);
        }

        if (user >= 0) node.Value.User = user;
        _order.AddLast(node);
        return node.Value.Number;
    }

    /// <summary>The visit's number, or -1.</summary>
    public int Find(string id) => _known.TryGetValue(id, out var node) ? node.Value.Number : -1;

    /// <summary>Forgets the visits in which a user was seen last.</summary>
    public void Forget(int user)
    {
        for (var node = _order.First; node is not null;)
        {
            var next = node.Next;
            if (node.Value.User == user) Remove(node);
            node = next;
        }
    }

    public void Save(BinaryWriter to)
    {
        to.Write(_next);
        to.Write(_order.Count);
        foreach (var visit in _order)
        {
            to.Write(visit.Id);
            to.Write(visit.Number);
            to.Write(visit.User);
        }
    }

    public void Load(BinaryReader from)
    {
        _next = from.ReadInt32();
        var count = from.ReadInt32();
        if (count < 0 || count > most) throw new InvalidDataException($"it knows {count} visits, and the settings allow {most}");
        for (var i = 0; i < count; i++)
        {
            var visit = new Visit(from.ReadString(), from.ReadInt32()) { User = from.ReadInt32() };
            if (!_known.TryAdd(visit.Id, _order.AddLast(visit))) throw new InvalidDataException("a visit is there twice");
        }
    }

    private void Remove(LinkedListNode<Visit> node)
    {
        _known.Remove(node.Value.Id);
        _order.Remove(node);
    }

    private sealed class Visit(string id, int number)
    {
        public string Id => id;

        public int Number => number;

        public int User { get; set; } = -1;
    }
}
