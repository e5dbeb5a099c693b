using Sundry.Data;

namespace Sundry.Serving;

/// <summary>What a memory's numbers stand for: types, users, items and categories; and of each item its category and the price that events told.</summary>
internal sealed class SavedNames(GrowingLog log, NamedColumn categories, ShopMemory memory) : ISavedPart
{
    public string Name => "names";

    public void Save(BinaryWriter to)
    {
        to.Write(log.Known.Types.Names.Count);
        foreach (var type in log.Known.Types.Names) to.Write(type);
        foreach (var names in new[] { log.Known.Users, log.Known.Items, categories.Values })
        {
            to.Write(names.Count);
            for (var i = 0; i < names.Count; i++)
            {
                to.Write7BitEncodedInt(names[i].Length);
                to.Write(names[i]);
            }
        }

        for (var item = 0; item < log.Known.Items.Count; item++)
        {
            to.Write(categories[item]);
            to.Write(memory.Told(item));
        }
    }

    public void Load(BinaryReader from)
    {
        for (var count = from.ReadInt32(); count > 0; count--) log.TypeOf(from.ReadString());
        Span<byte> few = stackalloc byte[1024];
        foreach (var names in new[] { log.Known.Users, log.Known.Items, categories.Values })
        {
            var count = from.ReadInt32();
            for (var i = 0; i < count; i++)
            {
                var length = from.Read7BitEncodedInt();
                if (length < 0 || length > from.BaseStream.Length) throw new InvalidDataException("a name is longer than all that is there");
                var text = length <= few.Length ? few[..length] : new byte[length];
                from.BaseStream.ReadExactly(text);
                if (names.FindOrAdd(text) != i) throw new InvalidDataException("a name is there twice");
            }
        }

        for (var item = 0; item < log.Known.Items.Count; item++)
        {
            var category = from.ReadInt32();
            if (category < -1 || category >= categories.Values.Count) throw new InvalidDataException("an item has no such category");
            categories.Set(item, category);
            if (from.ReadSingle() is var price && !float.IsNaN(price)) memory.Tell(item, price);
        }
    }
}
