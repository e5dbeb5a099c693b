namespace Sundry.Data;

/// <summary>What a log holds that rows were made of.</summary>
/// <param name="Events">Its events.</param>
/// <param name="Types">Its types of events that occur, the most frequent first.</param>
/// <param name="Users">Users that events or the customers' table name.</param>
/// <param name="Items">Items that events or the catalogue name.</param>
/// <param name="First">The first event's time, Unix milliseconds.</param>
/// <param name="Last">The last event's time.</param>
public sealed record LogFigures(long Events, IReadOnlyList<ValueCount> Types, int Users, int Items, long First, long Last)
{
    internal static LogFigures Of(EventLog log)
    {
        var facts = new LogFacts(log);
        var types = log.Types.Names.Select((name, type) => new ValueCount(name, facts.Counts[type])).Where(type => type.Count > 0).OrderByDescending(type => type.Count);
        return new LogFigures(log.Count, [.. types], log.Users.Count, log.Items.Count, facts.First, facts.Last);
    }
}
