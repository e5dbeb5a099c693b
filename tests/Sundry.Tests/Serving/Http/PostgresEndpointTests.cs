namespace Sundry.Tests;

[Collection(SharedPostgres.Name)]
public sealed class PostgresEndpointTests(PostgresHttpShop http) : EndpointContract(http), IClassFixture<PostgresHttpShop>;
