namespace Sundry.Serving;

/// <summary>How a <see cref="ShopServer"/> answers. Beside it, <see cref="LiveOptions"/> say how the shop is followed.</summary>
public sealed record ServeOptions
{
    /// <summary>The clock: of answers' moments, deadlines and expiry.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How the shop is followed.</summary>
    public LiveOptions Live { get; init; } = new();

    /// <summary>How many answers are scored at the same time; more wait for one another.</summary>
    /// <value>Default: one a processor.</value>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// What the source <c>vectors</c> searches: the file of a recommender of factors (<c>sundry recommend lists --keep FILE</c>), such as two towers; or <c>model</c>, the table of items of the model
    /// that answers. Null: what <see cref="ServeSection.Vectors"/> says.
    /// </summary>
    public string? Vectors { get; init; }

    /// <summary>Scenarios and rules of the configuration, which stand behind those of the store.</summary>
    public ServeSection Defaults { get; init; } = new();

    /// <summary>How many answers at most are made for nobody before the server is open, so that the first visitor need not wait for what is compiled when it is first used. They are neither kept nor counted.</summary>
    /// <value>Default: 50; 0 where a late first answer does not matter.</value>
    public int WarmUps { get; init; } = 50;

    /// <summary>How long an answer is kept, for its next pages, its explanation, and what becomes of it.</summary>
    /// <value>Default: a day.</value>
    public TimeSpan KeepAnswers { get; init; } = TimeSpan.FromDays(1);

    /// <summary>The most answers that are kept in memory; older ones are read from the store.</summary>
    /// <value>Default: 2,000.</value>
    public int AnswersInMemory { get; init; } = 2_000;

    /// <summary>The most answers that wait to be written to the store; further ones stay in memory alone.</summary>
    /// <value>Default: 20,000.</value>
    public int AnswersWaiting { get; init; } = 20_000;
}
