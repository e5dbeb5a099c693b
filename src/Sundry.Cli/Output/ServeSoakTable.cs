using Sundry.Serving;

namespace Sundry.Cli;

/// <summary>What became of a shop whose server was killed, for people.</summary>
internal static class ServeSoakTable
{
    public static void Write(ServeSoakResult result)
    {
        Terminal.Say($"killed {result.Cycles} times, {result.Starting} of them while it started and {result.Stopping} while it stopped; {result.Doubts:N0} calls were cut off and made again, {result.Busy:N0} were answered 503 and made again");
        Terminal.Say($"{result.Acknowledged:N0} events were acknowledged: {result.Lost} lost, {result.Doubled} doubled, {result.Torn} batches in part");
        Terminal.Say($"{result.Changes:N0} changes were acknowledged: {result.Strayed} are not as they were; {result.Answers:N0} answers: {result.Broken} showed what they should not, {result.Faults} calls failed");
        Terminal.Say($"{result.Compared} states that were followed, {result.Restored} of them from a checkpoint, and {result.Cycles - result.Compared} that were made anew: {result.Differing} differ from a rebuild; {result.Damaged} damages; ready again in at most {result.SlowestReadyMs:0} ms, {result.Late} times too late");
        if (result.First is not null) Terminal.Say($"the first: {result.First}");
    }
}
