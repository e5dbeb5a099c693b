namespace Sundry.Data;

/// <summary>
/// Encodes one sample at a time from a shop's state, for serving: the same bits as the prepared rows of the same moments. Not for use by several threads at once.
/// </summary>
public sealed class SampleEncoder
{
    private readonly Encoder _encoder;
    private readonly ShopState _state;
    private readonly SampleField?[] _fields;
    private readonly int[] _counters;
    private readonly int[] _histories;
    private readonly int[] _neighbours;
    private readonly HistoryIds?[] _ids;
    // for each categorical feature the row of each text that was seen
    private readonly Dictionary<int, int>?[] _known;
    private readonly float[] _values;
    private readonly PastEvent[] _past;
    private readonly int[] _items;
    private readonly EventLog _log;
    private readonly IntList _bag = new();
    // features that are the same for every item that one user is shown at one moment
    private readonly bool[] _shared;
    private readonly Strangers _strangers = new();
    // by feature the places of its first id, number and bag in a row
    private readonly (int Id, int Number, int Bag)[] _places;
    // features to encode in rows that share: what is not shared; and the bags of what is
    private readonly int[] _all;
    private readonly int[] _own;
    private readonly int[] _sharedBags;
    // features that the item's columns alone decide
    private readonly bool[] _ofItem;
    private readonly CatalogueCache _catalogue;

    /// <summary>Binds an encoder to a shop.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="known">The users, items and attributes; those that come later may be added to its lists.</param>
    /// <param name="state">The shop's past, made by <see cref="NewState"/>; the caller advances it.</param>
    /// <param name="source">The source whose rows are encoded.</param>
    /// <exception cref="InputException">There is no such source, or its rows are those of a table.</exception>
    public SampleEncoder(Encoder encoder, EventLog known, ShopState state, string source = SourceSchema.Main)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(state);
        (_encoder, _state) = (encoder, state);
        var schema = encoder.Source(source);
        var rows = encoder.Rows.FirstOrDefault(rows => rows.Source == source) ?? throw new InputException($"the rows of the source '{source}' are those of a table; encode them with the table's columns");
        var columns = new SampleColumns(known, RowKind.Of(rows.Kind, "the model's rows", known.Types), rows.Sampled);
        columns.Admit(_strangers);
        int count = encoder.Features.Count;
        _fields = new SampleField?[count];
        _counters = new int[count];
        _histories = new int[count];
        _neighbours = new int[count];
        _ids = new HistoryIds?[count];
        _known = new Dictionary<int, int>?[count];
        _values = new float[encoder.Counters.Count];
        int history = 0, length = 0;
        for (int i = 0; i < count; i++)
        {
            var feature = encoder.Features[i];
            (_counters[i], _histories[i], _neighbours[i]) = (-1, -1, -1);
            if (feature is HistoryEncoder sequence)
            {
                int place = history++;
                length = Math.Max(length, sequence.History.Length);
                if (!schema.Features.Contains(feature.Name)) continue;
                _histories[i] = place;
                _ids[i] = new HistoryIds(sequence, known, encoder.Missing);
                continue;
            }

            if (!schema.Features.Contains(feature.Name)) continue;
            for (int c = 0; c < encoder.Counters.Count; c++)
                if (encoder.Counters[c].Name == feature.Name) _counters[i] = c;
            if (_counters[i] >= 0) continue;
            for (int n = 0; n < encoder.Neighbours.Count; n++)
                if (encoder.Neighbours[n].Name == feature.Name) _neighbours[i] = n;
            if (_neighbours[i] >= 0)
            {
                _known[i] = [];
                continue;
            }

            var made = feature.Columns.Select(name => columns.Find(name)
                ?? throw new InputException($"the column '{name}' of the model's feature '{feature.Name}' is not in the log any more; its rows have {string.Join(", ", columns.Names)}"));
            if (feature is BagEncoder { Tree: true } tree) made = made.Select(column => CategoryPaths.Of(column, known, tree.Name, tree.Separator));
            _fields[i] = new SampleField([.. made], new FieldJoin(encoder.Missing, feature.Joint));
            if (feature is CategoryEncoder && _fields[i]!.Only?.Texts is not null) _known[i] = [];
        }

        _past = new PastEvent[length];
        _shared = [.. Enumerable.Range(0, count).Select(i => IsShared(i, schema))];
        SharedColumns = Columns(_shared);
        _places = new (int, int, int)[count];
        for (int i = 1; i < count; i++)
        {
            var before = encoder.Features[i - 1];
            _places[i] = (_places[i - 1].Id + before.IdCount, _places[i - 1].Number + before.NumberCount, _places[i - 1].Bag + before.BagCount);
        }

        _all = [.. Enumerable.Range(0, count)];
        _own = [.. _all.Where(i => !_shared[i])];
        _sharedBags = [.. _all.Where(i => _shared[i]).SelectMany(i => Enumerable.Range(_places[i].Bag, encoder.Features[i].BagCount))];
        _ofItem = [.. _all.Select(i => _fields[i]?.OfItem is not null && encoder.Features[i].BagCount == 0)];
        int[] ofItem = [.. _all.Where(i => _ofItem[i])];
        _catalogue = new CatalogueCache(
            [.. ofItem.SelectMany(i => _fields[i]!.OfItem!).Distinct()],
            [.. ofItem.SelectMany(i => Enumerable.Range(_places[i].Id, encoder.Features[i].IdCount))],
            [.. ofItem.SelectMany(i => Enumerable.Range(_places[i].Number, encoder.Features[i].NumberCount))]);
        _items = new int[encoder.Neighbours.Select(static one => one.Length).DefaultIfEmpty().Max()];
        _log = known;
    }

    /// <summary>
    /// Columns of the layout that say the same of every item that one user is shown at one moment: what is known of the user, the visit, the place and the time. A
    /// predictor that shares them needs them in a batch's first row alone.
    /// </summary>
    public IReadOnlyList<string> SharedColumns { get; }

    /// <summary>The state that an encoder's features need, before the first event.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="known">The types of events, the users, items and attributes.</param>
    /// <param name="friendsChange">Whether friends come and go, as <see cref="ShopState"/> says.</param>
    /// <exception cref="InputException">The features need what the log does not have, or cannot be kept.</exception>
    public static ShopState NewState(Encoder encoder, EventLog known, bool friendsChange = false)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        return new ShopState(encoder.Counters, [.. encoder.Features.OfType<HistoryEncoder>().Select(static feature => feature.History)], known, neighbours: encoder.Neighbours, friendsChange: friendsChange);
    }

    /// <summary>What the state of an encoder depends on, as bytes: two encoders that agree in it can read one state.</summary>
    public static byte[] StateKey(Encoder encoder)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        using var text = new MemoryStream();
        using (var json = new System.Text.Json.Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteStartArray("counters");
            foreach (var counter in encoder.Counters) counter.Write(json);
            json.WriteEndArray();
            json.WriteStartArray("histories");
            foreach (var (name, events, length, _) in encoder.Features.OfType<HistoryEncoder>().Select(static feature => feature.History))
            {
                json.WriteStringValue(name);
                json.WriteNumberValue(length);
                foreach (var type in events) json.WriteStringValue(type);
            }

            json.WriteEndArray();
            json.WriteStartArray("neighbours");
            foreach (var neighbours in encoder.Neighbours) neighbours.Write(json);
            json.WriteEndArray();
            json.WriteStartArray("missing");
            foreach (var missing in encoder.Missing.Texts) json.WriteStringValue(missing);
            json.WriteEndArray();
            encoder.LogColumns?.Write(json);
            json.WriteEndObject();
        }

        return System.Security.Cryptography.SHA256.HashData(text.ToArray());
    }

    /// <summary>
    /// A number for a text that the log's lists do not have, such as a new user or a visit: valid in rows of this encoder alone, until <see cref="ForgetStrangers"/>. Of a user or an item it
    /// means one that is told apart from a missing one, and that nothing has happened to.
    /// </summary>
    /// <param name="text">The text; one that means that the value is missing gives -1.</param>
    public int Stranger(string text) => System.Text.Encoding.UTF8.GetBytes(text) is var bytes && _encoder.Missing.Contains(bytes) ? -1 : _strangers.Add(bytes);

    /// <summary>Takes back all numbers that <see cref="Stranger"/> gave.</summary>
    public void ForgetStrangers() => _strangers.Clear();

    /// <summary>Encodes a row as of now and appends it to the batch: labels are NaN, the weight is 1.</summary>
    /// <param name="batch">Receives the row.</param>
    /// <param name="shown">The moment, user, session, item and place; the state must hold every event before that moment and none of it or after it.</param>
    /// <param name="context">For each context column of the log the number of its text, or -1.</param>
    /// <param name="sharing">Whether rows behind the batch's first repeat its ids and numbers in <see cref="SharedColumns"/> and leave their bags empty, for a predictor that shares them.</param>
    /// <exception cref="InputException">A value cannot be read; the batch is as before.</exception>
    /// <exception cref="InvalidOperationException">The batch is full.</exception>
    public void Append(Batch batch, in ShopEvent shown, ReadOnlySpan<int> context = default, bool sharing = false)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Count == batch.Capacity) throw new InvalidOperationException("The batch is full.");
        var layout = _encoder.Layout;
        int index = batch.Count;
        var row = new SampleRow { Time = shown.Time, User = shown.User, Item = shown.Item, Event = -1 };
        bool repeats = sharing && index > 0;
        if (_values.Length > 0) _state.Read(row.User, row.Item, row.Time, _values, itemsAlone: repeats);
        var ids = batch.Ids.AsSpan(index * layout.Ids.Count, layout.Ids.Count);
        var numbers = batch.Numbers.AsSpan(index * layout.Numbers.Count, layout.Numbers.Count);
        if (repeats)
        {
            batch.Ids.AsSpan(0, ids.Length).CopyTo(ids);
            batch.Numbers.AsSpan(0, numbers.Length).CopyTo(numbers);
            // its bags are long, and nobody reads them here
            foreach (int bag in _sharedBags) batch.BagOffsets[bag][index + 1] = batch.BagOffsets[bag][index];
        }

        bool known = _catalogue.TryRead(row.Item, ids, numbers);
        foreach (int i in repeats ? _own : _all)
        {
            if (known && _ofItem[i]) continue;
            var feature = _encoder.Features[i];
            var (id, number, bag) = _places[i];
            var idsOfFeature = ids[id..];
            var numbersOfFeature = numbers[number..];
            _bag.Truncate(0);
            if (feature is HistoryEncoder)
            {
                AppendHistory(batch, i, bag, index, row);
                continue;
            }

            if (_counters[i] >= 0) ((NumberEncoder)feature).Encode(_values[_counters[i]], idsOfFeature, numbersOfFeature);
            else if (_neighbours[i] >= 0) TakeNeighbours(i, row);
            else if (_fields[i] is { } field) Encode(i, field, row, shown, context, idsOfFeature, numbersOfFeature);
            else LeaveOut(feature, layout, id, idsOfFeature, numbersOfFeature);
            for (int filled = 0; filled < feature.BagCount; filled++) AppendBag(batch, bag + filled, index);
        }

        if (!known) _catalogue.Keep(row.Item, _log.Items.Count, ids, numbers);
        batch.Labels.AsSpan(index * layout.Tasks.Count, layout.Tasks.Count).Fill(float.NaN);
        batch.Weights[index] = 1;
        batch.Count = index + 1;
    }

    private bool IsShared(int place, SourceSchema schema)
    {
        if (!schema.Features.Contains(_encoder.Features[place].Name) || _histories[place] >= 0) return true;
        if (_counters[place] >= 0) return _encoder.Counters[_counters[place]].Of is CounterOf.User or CounterOf.Shop;
        if (_neighbours[place] >= 0) return _encoder.Neighbours[_neighbours[place]].NeedsUser;
        return _fields[place]!.IsOfRequest;
    }

    private string[] Columns(bool[] chosen)
    {
        var (ids, bags, numbers) = (new List<IdField>(), new List<BagField>(), new List<string>());
        for (int i = 0; i < chosen.Length; i++)
            if (chosen[i]) _encoder.Features[i].Describe(ids, bags, numbers);
        return [.. ids.Select(id => id.Name), .. bags.Select(bag => bag.Name), .. numbers];
    }

    private void Encode(int place, SampleField field, in SampleRow row, in ShopEvent shown, ReadOnlySpan<int> context, Span<int> ids, Span<float> numbers)
    {
        var feature = _encoder.Features[place];
        var column = field.Only;
        switch (column is null ? null : feature)
        {
            case CategoryEncoder category when _known[place] is { } known:
                int number = column!.Number(row, shown, context);
                if (number < 0)
                {
                    ids[0] = category.Vocabulary!.Missing;
                    return;
                }

                if (_strangers.Has(number))
                {
                    ids[0] = category.Vocabulary!.Row(_strangers[number]);
                }
                else if (!known.TryGetValue(number, out ids[0]))
                {
                    var text = column!.Texts![number];
                    known[number] = ids[0] = _encoder.Missing.Contains(text) ? category.Vocabulary!.Missing : category.Vocabulary!.Row(text);
                }

                return;
            case NumberEncoder encoder when column!.Texts is null && column.From != SampleColumn.Place.Time:
                float value = column!.Value(shown);
                encoder.Encode(float.IsFinite(value) ? value : float.NaN, ids, numbers);
                return;
            case TimeEncoder encoder when column!.From == SampleColumn.Place.Time:
                encoder.Encode(row.Time, ids, numbers);
                return;
        }

        var bytes = field.Bytes(row, shown, context);
        if (feature.Encode(bytes, _encoder.Missing.Contains(bytes), _encoder.Missing, ids, numbers, _bag) is { } problem) throw new InputException($"'{feature.Name}': {problem}");
    }

    private void TakeNeighbours(int place, in SampleRow row)
    {
        var vocabulary = _encoder.Features[place].Vocabulary!;
        var known = _known[place]!;
        int count = _state.Neighbours(_neighbours[place], row.User, row.Item, row.Time, _items);
        foreach (int item in _items.AsSpan(0, count))
        {
            if (!known.TryGetValue(item, out int id))
            {
                var text = _log.Items[item];
                known[item] = id = _encoder.Missing.Contains(text) ? vocabulary.Missing : vocabulary.Row(text);
            }

            _bag.Add(id);
        }
    }

    private void AppendHistory(Batch batch, int place, int bag, int index, in SampleRow row)
    {
        var encoder = (HistoryEncoder)_encoder.Features[place];
        int count = _histories[place] < 0 || row.User < 0 ? 0 : _state.Read(_histories[place], row.User, _past.AsSpan(0, encoder.History.Length));
        uint now = Tally.Seconds(row.Time);
        for (int i = 0; i < encoder.BagCount; i++)
        {
            _bag.Truncate(0);
            bool age = i > 0 && encoder.History.Beside[i - 1] == History.Age;
            for (int e = 0; e < count; e++) _bag.Add(age ? RowWindow.Age(now, _past[e].Time) : _ids[place]!.Of(i, _past[e]));
            AppendBag(batch, bag + i, index);
        }
    }

    // the rows' source has no such column: a value of its own, and 0 as a number
    private static void LeaveOut(FeatureEncoder feature, Layout layout, int field, Span<int> ids, Span<float> numbers)
    {
        for (int i = 0; i < feature.IdCount; i++) ids[i] = layout.Ids[field + i].Rows - 1;
        numbers[..feature.NumberCount].Clear();
    }

    private void AppendBag(Batch batch, int bag, int index)
    {
        if (index == 0) batch.BagOffsets[bag][0] = 0;
        int offset = batch.BagOffsets[bag][index];
        batch.GrowBag(bag, offset + _bag.Count);
        _bag.Items.CopyTo(batch.BagIds[bag].AsSpan(offset));
        batch.BagOffsets[bag][index + 1] = offset + _bag.Count;
    }
}
