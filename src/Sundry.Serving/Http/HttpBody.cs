using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace Sundry.Serving;

/// <summary>A body that was read as a whole, within its limit and that of all bodies together.</summary>
internal sealed class HttpBody : IDisposable
{
    private const int First = 16 * 1024;

    private readonly BodyBudget _budget;
    private byte[] _bytes = [];
    private int _length;

    private HttpBody(BodyBudget budget) => _budget = budget;

    /// <summary>Its bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _length);

    /// <summary>Reads a request's body.</summary>
    /// <exception cref="ProblemException">It is larger than <paramref name="most"/>, or too many bodies are held just now.</exception>
    public static async Task<HttpBody> Read(HttpRequest request, int most, BodyBudget budget, CancellationToken cancel)
    {
        if (request.ContentLength > most) throw TooLarge(most);
        var body = new HttpBody(budget);
        try
        {
            body.Grow((int)Math.Min(request.ContentLength ?? First, First));
            var reader = request.BodyReader;
            while (true)
            {
                var read = await Next(reader, cancel);
                var part = read.Buffer;
                try
                {
                    if (part.Length > most - body._length) throw TooLarge(most);
                    var needed = body._length + (int)part.Length;
                    if (needed > body._bytes.Length) body.Grow((int)Math.Min(most, Math.Max(needed, Math.Min(2L * body._bytes.Length, request.ContentLength ?? long.MaxValue))));
                    part.CopyTo(body._bytes.AsSpan(body._length));
                    body._length = needed;
                }
                finally
                {
                    // a reading that is left open would break the connection's next request
                    reader.AdvanceTo(part.End);
                }

                if (read.IsCompleted) return body;
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>What comes next of a body.</summary>
    /// <exception cref="BadHttpRequestException">It is cut off, or its pieces are not HTTP: a size that no number holds is said by another exception than any other fault of a client.</exception>
    public static async ValueTask<ReadResult> Next(PipeReader reader, CancellationToken cancel)
    {
        try
        {
            return await reader.ReadAsync(cancel);
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            throw new BadHttpRequestException("the body cannot be read", StatusCodes.Status400BadRequest, e);
        }
    }

    /// <summary>The body is larger than may be.</summary>
    public static ProblemException TooLarge(long most) => new(new Problem(413, "body_too_large", $"the body is larger than {most} bytes", "send it in parts"));

    /// <inheritdoc/>
    public void Dispose()
    {
        _budget.Give(_bytes.Length);
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, _length) = ([], 0);
    }

    private void Grow(int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(length, 256));
        if (!_budget.Take(larger.Length))
        {
            ArrayPool<byte>.Shared.Return(larger);
            throw new ProblemException(new Problem(503, "busy", "the server holds as many bodies as it may just now", "send it again after the time in Retry-After") { RetryAfter = TimeSpan.FromSeconds(1) });
        }

        _bytes.AsSpan(0, _length).CopyTo(larger);
        _budget.Give(_bytes.Length);
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}

/// <summary>How many bytes of bodies may be held at the same time.</summary>
internal sealed class BodyBudget(long most)
{
    private long _held;

    /// <summary>The bytes that are held.</summary>
    public long Held => Interlocked.Read(ref _held);

    public bool Take(int bytes)
    {
        if (Interlocked.Add(ref _held, bytes) <= most) return true;
        Interlocked.Add(ref _held, -bytes);
        return false;
    }

    public void Give(int bytes) => Interlocked.Add(ref _held, -bytes);
}

/// <summary>Lines of a body, one after the other, none longer than may be.</summary>
internal sealed class BodyLines(PipeReader reader, long most, int longest)
{
    private long _read;

    /// <summary>Calls <paramref name="take"/> with each line, its number from 1, and whether it is cut because it is too long; stops where that gives false.</summary>
    /// <exception cref="ProblemException">The body is too large.</exception>
    public async Task Each(Func<long, ReadOnlySequence<byte>, bool, ValueTask<bool>> take, CancellationToken cancel)
    {
        var skipping = false;
        for (var number = 1L; ;)
        {
            var read = await HttpBody.Next(reader, cancel);
            var (rest, kept) = (read.Buffer, read.Buffer.End);
            try
            {
                if (_read + rest.Length > most) throw HttpBody.TooLarge(most);
                while (rest.PositionOf((byte)'\n') is { } end)
                {
                    var line = rest.Slice(0, end);
                    rest = rest.Slice(rest.GetPosition(1, end));
                    if (!skipping && !await Take(number, line, line.Length > longest)) return;
                    skipping = false;
                    number++;
                }

                if (!skipping && rest.Length > longest)
                {
                    skipping = true;
                    if (!await Take(number, rest.Slice(0, 0), true)) return;
                }

                if (read.IsCompleted)
                {
                    if (!skipping && !rest.IsEmpty) await Take(number, rest, false);
                    return;
                }

                // the beginning of a line stays until its end has come
                if (!skipping) kept = rest.Start;
                _read += read.Buffer.Slice(0, kept).Length;
            }
            finally
            {
                // a reading that is left open would break the connection's next request
                reader.AdvanceTo(kept, read.Buffer.End);
            }
        }

        ValueTask<bool> Take(long number, ReadOnlySequence<byte> line, bool cut) => line.IsEmpty && !cut ? ValueTask.FromResult(true) : take(number, cut ? ReadOnlySequence<byte>.Empty : line, cut);
    }
}
