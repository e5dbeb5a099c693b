using System.Globalization;
using System.Text;

namespace Sundry.Data;

/// <summary>Any log, by a mapping: a file with the keys of <c>data.log</c>, whose paths start at the source's folder.</summary>
internal sealed class GenericImport : IDataImport
{
    public string Name => "generic";

    public string Files => "any files, with --mapping FILE.yaml, which holds the keys of data.log";

    public void Write(ImportJob job)
    {
        var mapping = job.Request.Mapping ?? throw new InputException("'generic' needs --mapping FILE.yaml, which says which columns are what; docs/log.md has an example");
        var log = ConfigReader.ReadFile<LogOptions>(mapping);
        var source = File.Exists(job.Request.Source) ? Path.GetDirectoryName(Path.GetFullPath(job.Request.Source))! : job.Request.Source;
        // times are read, not judged
        var request = new LogRequest(new DataOptions { Log = log }, source, TimeProvider.System, job.Request.OpenDatabase);
        var types = new EventTypes();
        var counts = WriteEvents(job, log, request, types);
        WriteSide(job, "items", log.Items, request);
        WriteSide(job, "users", log.Users, request);
        WriteSide(job, "friends", log.Friends, request);
        WriteSide(job, "categories", log.Categories, request);
        WriteSide(job, "stock", log.Stock, request);
        var own = types.Names.Skip(new EventTypes().Names.Count).ToArray();
        string[] settings = own.Length == 0 ? [] : [$"types: {{{string.Join(", ", own.Select(type => $"{ConfigWriter.Quote(type)}: {ConfigWriter.Quote(type)}"))}}}    # types of this shop's own"];
        job.ConfigureLog(LogTasks.Of(counts), null, settings);
    }

    // how often each type was written
    private static Dictionary<string, long> WriteEvents(ImportJob job, LogOptions log, LogRequest request, EventTypes types)
    {
        var missing = new MissingTexts(request.Data.Missing);
        var context = new List<string>();
        foreach (var own in log.Events)
        {
            using var table = LogTable.Open(own, request, mayBeEmpty: true);
            foreach (var (name, _) in new EventColumns(table, own, log, types, missing).Context)
                if (!context.Contains(name)) context.Add(name);
        }

        var counts = new Dictionary<string, long>();
        using var events = job.Create(ImportJob.Events, [.. EventColumns.Ours, .. context]);
        foreach (var own in log.Events)
        {
            using var table = LogTable.Open(own, request, mayBeEmpty: true);
            var columns = new EventColumns(table, own, log, types, missing);
            var place = columns.Context.ToDictionary(column => column.Name, column => column.Place, StringComparer.Ordinal);
            int[] places = [.. context.Select(name => place.GetValueOrDefault(name, -1))];
            while (table.Read())
            {
                job.Read(table.Name, table.RowsRead, table.Progress);
                if (Write(events, table, columns, places, types, log, job) is { } written) counts[written] = counts.GetValueOrDefault(written) + 1;
            }
        }

        return counts;
    }

    // the type that was written, or null
    private static string? Write(ImportTable events, LogTable table, EventColumns columns, int[] context, EventTypes types, LogOptions log, ImportJob job)
    {
        var row = table.Current;
        int type = columns.TypeOf(row);
        if (type < 0 && log.OnUnknownType == UnknownRule.Count && row[columns.Type].Length > 0)
        {
            job.LeaveOut("events of unknown types");
            return null;
        }

        if (type < 0)
        {
            table.Refuse(columns.Types.Problem(row[columns.Type]), columns.Type);
            return null;
        }

        var read = default(ShopEvent);
        if (!columns.TryRead(row, ref read))
        {
            table.Refuse(columns.Problem, columns.Column);
            return null;
        }

        if (read.Quantity < 0)
        {
            if (log.NegativeQuantity != QuantityRule.Return || type is not (EventTypes.Purchase or EventTypes.Return))
            {
                table.Refuse("the quantity is below 0; write returns as events of the type return, or set negative_quantity: return in the mapping");
                return null;
            }

            (type, read.Quantity) = (EventTypes.Return, -read.Quantity);
        }

        Put(columns.Id);
        events.Field(Encoding.UTF8.GetBytes(types.Names[type]));
        Put(columns.User);
        Put(columns.Session);
        Put(columns.Item);
        events.Field(Iso(read.Time));
        Number(read.Quantity, 1);
        Number(read.Price, float.NaN);
        Number(read.Value, float.NaN);
        Number(read.Position, 0);
        Put(columns.Scenario);
        Put(columns.Recommendation);
        Put(columns.Text);
        foreach (int place in context) Put(place);
        events.End();
        return types.Names[type];

        void Put(int place) => events.Field(place < 0 ? [] : table.Current[place]);

        void Number(float number, float nothing) => events.Field(number.Equals(nothing) ? [] : Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture)));
    }

    private static byte[] Iso(long time) => Encoding.UTF8.GetBytes(LogTime.Text(time));

    private static void WriteSide(ImportJob job, string name, LogTableOptions? options, LogRequest request)
    {
        if (options is null) return;
        using var table = LogTable.Open(options, request, mayBeEmpty: true);
        var ours = options.Columns.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
        foreach (var column in options.Columns.Keys) table.Find(column, options.Columns);
        // what stands beside the events has no times but the stock, which are written as the events' are
        var times = new EventTime(request.Data.Log!.TimeFormat);
        int time = options == request.Data.Log.Stock ? table.Find("time", options.Columns) : -1;
        using var written = job.Create(name + ".csv", [.. table.Header.Select(column => ours.GetValueOrDefault(column, column))]);
        while (table.Read())
        {
            job.Read(table.Name, table.RowsRead, table.Progress);
            var row = table.Current;
            long at = 0;
            if (time >= 0 && !times.TryParse(row[time], out at))
            {
                table.Refuse(times.Problem(row[time]), time);
                continue;
            }

            for (int i = 0; i < row.Count; i++) written.Field(i == time ? Iso(at) : row[i]);
            written.End();
        }
    }
}
