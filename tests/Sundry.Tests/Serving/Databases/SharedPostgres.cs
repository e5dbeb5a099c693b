namespace Sundry.Tests;

/// <summary>Classes that share one PostgreSQL server, since starting one takes a while; they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SharedPostgres : ICollectionFixture<PostgresServer>
{
    public const string Name = "one PostgreSQL server";
}
