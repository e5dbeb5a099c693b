using Sundry.Compute;

namespace Sundry.Tests;

public sealed class WorkerTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Every_worker_works_once_a_round(int size)
    {
        using var team = new WorkerTeam(size);
        var counts = new int[size];
        for (var round = 1; round <= 2000; round++)
        {
            team.Run(worker => counts[worker]++);
            Assert.All(counts, count => Assert.Equal(round, count));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Nobody_goes_on_before_all_have_met(int size)
    {
        using var team = new WorkerTeam(size);
        var places = new int[size];
        var early = 0;
        for (var round = 0; round < 200; round++)
        {
            team.Run(worker =>
            {
                for (var meeting = 1; meeting <= 5; meeting++)
                {
                    Volatile.Write(ref places[worker], meeting);
                    team.Meet();
                    for (var other = 0; other < size; other++)
                        if (Volatile.Read(ref places[other]) < meeting) Interlocked.Increment(ref early);
                    team.Meet();
                }
            });
        }

        Assert.Equal(0, early);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void A_failure_reaches_the_caller_once(int size)
    {
        using var team = new WorkerTeam(size);
        for (var round = 0; round < 200; round++)
        {
            var fails = round % size;
            var e = Assert.Throws<InvalidOperationException>(() => team.Run(worker =>
            {
                if (worker == fails) throw new InvalidOperationException($"{worker}");
            }));
            Assert.Equal($"{fails}", e.Message);
            var done = 0;
            team.Run(_ => Interlocked.Increment(ref done));
            Assert.Equal(size, done);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void A_failure_ends_a_meeting(int size)
    {
        using var team = new WorkerTeam(size);
        for (var round = 0; round < 200; round++)
        {
            var fails = round % size;
            var e = Assert.Throws<InvalidOperationException>(() => team.Run(worker =>
            {
                team.Meet();
                if (worker == fails) throw new InvalidOperationException("told to");
                team.Meet();
            }));
            Assert.Equal("told to", e.Message);
            var met = 0;
            team.Run(_ =>
            {
                team.Meet();
                Interlocked.Increment(ref met);
                team.Meet();
            });
            Assert.Equal(size, met);
        }
    }

    [Fact]
    public void Work_after_a_pause_is_done_too()
    {
        using var team = new WorkerTeam(2);
        using var pause = new ManualResetEventSlim();
        for (var round = 0; round < 5; round++)
        {
            var done = 0;
            team.Run(_ => Interlocked.Increment(ref done));
            Assert.Equal(2, done);
            pause.Wait(20);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_disposed_team_says_so(int size)
    {
        var team = new WorkerTeam(size);
        team.Dispose();
        team.Dispose();
        Assert.Throws<ObjectDisposedException>(() => team.Run(_ => { }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerTeam(0));
    }
}
