namespace Sundry.Tests;

public sealed class EndpointTests(HttpShop http) : EndpointContract(http), IClassFixture<HttpShop>;
