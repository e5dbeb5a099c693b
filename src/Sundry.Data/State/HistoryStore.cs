using System.Runtime.InteropServices;

namespace Sundry.Data;

/// <summary>
/// The newest events of every user, some types of them: blocks of eight entries in one array, each block pointing at the one before it. A user's oldest block is used
/// anew when it is no longer seen.
/// </summary>
internal sealed class HistoryStore(int length)
{
    private const int BlockLength = 8;

    private readonly int _most = (length + BlockLength - 1) / BlockLength + 1;
    private PastEvent[] _entries = new PastEvent[BlockLength * 16];
    private int[] _before = new int[16];
    private User[] _users = [];
    private int _blocks;

    /// <summary>Adds an event.</summary>
    public void Add(int user, in PastEvent entry)
    {
        if (user >= _users.Length) Array.Resize(ref _users, Math.Max(user + 1, _users.Length * 2));
        ref var of = ref _users[user];
        if (of.Blocks == 0 || of.Used == BlockLength) Begin(ref of);
        _entries[of.Newest * BlockLength + of.Used++] = entry;
    }

    /// <summary>Copies a user's newest events, the oldest of them first; returns how many, at most the length.</summary>
    public int Read(int user, Span<PastEvent> into)
    {
        if ((uint)user >= (uint)_users.Length || _users[user].Blocks == 0) return 0;
        var of = _users[user];
        int count = Math.Min(Math.Min(length, into.Length), (of.Blocks - 1) * BlockLength + of.Used);
        int left = count;
        int used = of.Used;
        for (int block = of.Newest; left > 0; block = _before[block], used = BlockLength)
            for (int i = used - 1; i >= 0 && left > 0; i--) into[--left] = _entries[block * BlockLength + i];
        return count;
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_blocks);
        writer.Write(MemoryMarshal.AsBytes(_entries.AsSpan(0, _blocks * BlockLength)));
        writer.Write(MemoryMarshal.AsBytes(_before.AsSpan(0, _blocks)));
        writer.Write(_users.Length);
        writer.Write(MemoryMarshal.AsBytes(_users.AsSpan()));
    }

    public void Load(BinaryReader reader)
    {
        _blocks = reader.ReadInt32();
        if (_blocks is < 0 or > int.MaxValue / BlockLength / 2) throw new InvalidDataException("the state is damaged: its histories are longer than they may be");
        _entries = StateFile.Read<PastEvent>(reader, _blocks * BlockLength);
        _before = StateFile.Read<int>(reader, _blocks);
        _users = StateFile.Read<User>(reader, reader.ReadInt32());
        foreach (int block in _before) Check(block >= 0 && block < _blocks);
        foreach (var user in _users) Check(user.Newest >= 0 && (user.Blocks == 0 || user.Newest < _blocks) && user.Blocks >= 0 && user.Blocks <= _most && user.Used is >= 0 and <= BlockLength);
    }

    private void Begin(ref User of)
    {
        int block;
        if (of.Blocks == _most)
        {
            // the oldest block becomes the newest
            int second = of.Newest;
            for (int i = 2; i < of.Blocks; i++) second = _before[second];
            block = _before[second];
        }
        else
        {
            block = _blocks++;
            of.Blocks++;
            if (_blocks > _before.Length)
            {
                Array.Resize(ref _before, Math.Max(16, _before.Length * 2));
                Array.Resize(ref _entries, _before.Length * BlockLength);
            }
        }

        _before[block] = of.Newest;
        of.Newest = block;
        of.Used = 0;
    }

    private static void Check(bool holds)
    {
        if (!holds) throw new InvalidDataException("the state is damaged: a history leads nowhere");
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct User
    {
        public int Newest;
        public int Blocks;
        public int Used;
    }
}
