using System.IO.Compression;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace LinkedInExports.Core.Tests.Robustness;

/// <summary>
/// One change to an answer. Texts hold a byte in each character up to U+00FF; in them <c>${token}</c>, <c>${client}</c>,
/// <c>${refresh}</c>, <c>${proxy}</c> and <c>${link}</c> stand for the secrets of the connection.
/// </summary>
internal abstract record Mutation
{
    internal abstract void Apply(MutableResponse response, PlantedSecrets secrets);

    protected static byte[] Bytes(string text, PlantedSecrets secrets) => Encoding.Latin1.GetBytes(secrets.Fill(text));

    protected static int Part(int of, double fraction) => (int)Math.Clamp(of * fraction, 0, of);
}

internal sealed record ChangeStatus(int Status) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets) => response.Status = Status;
}

internal sealed record ChangeReason(string Reason) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets) => response.Reason = secrets.Fill(Reason);
}

/// <summary>Sets a header; a null value removes it.</summary>
internal sealed record ChangeHeader(string Name, string? Value) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets) =>
        response.Set(Name, Value is null ? null : secrets.Fill(Value));
}

internal sealed record ReplaceBody(string Body, string? ContentType = null) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets)
    {
        response.Body = Bytes(Body, secrets);
        if (ContentType is not null)
            response.Set("Content-Type", ContentType);
    }
}

internal sealed record ReplaceJsonValue(int Number, string Json) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets) =>
        response.Body = JsonSplice.ReplaceValue(response.Body, Number, _ => Bytes(Json, secrets));
}

/// <summary>Puts a value into an array, an object or quotes.</summary>
internal sealed record WrapJsonValue(int Number, string Before, string After) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets) =>
        response.Body = JsonSplice.ReplaceValue(
            response.Body,
            Number,
            value => [.. Encoding.Latin1.GetBytes(Before), .. value, .. Encoding.Latin1.GetBytes(After)]
        );
}

internal sealed record RemoveJsonProperty(int Number) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets) =>
        response.Body = JsonSplice.RemoveProperty(response.Body, Number);
}

internal sealed record RepeatJsonProperty(int Number, string Json) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets) =>
        response.Body = JsonSplice.RepeatProperty(response.Body, Number, Bytes(Json, secrets));
}

internal sealed record RenameJsonProperty(int Number, string Name) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets) =>
        response.Body = JsonSplice.RenameProperty(response.Body, Number, Bytes(Name, secrets));
}

/// <summary>Changes one value of a table, counted modulo the numbers of rows and columns; row 0 is the header.</summary>
internal sealed record ReplaceCell(int Row, int Column, string Value) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets) =>
        CsvChange.Apply(
            response,
            rows =>
            {
                string[] row = rows[Row % rows.Count];
                row[Column % row.Length] = Value;
            }
        );
}

internal sealed record RemoveColumn(int Column) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets) =>
        CsvChange.Apply(
            response,
            rows =>
            {
                for (int row = 0; row < rows.Count; row++)
                    rows[row] = [.. rows[row].Where((_, index) => index != Column % rows[0].Length)];
            }
        );
}

internal sealed record RemoveRow(int Row) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets) =>
        CsvChange.Apply(response, rows => rows.RemoveAt(Row % rows.Count));
}

internal sealed record RepeatRow(int Row) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets) =>
        CsvChange.Apply(response, rows => rows.Insert(Row % rows.Count, rows[Row % rows.Count]));
}

internal sealed record ChangeDelimiter(string Delimiter) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets) =>
        CsvChange.Apply(response, _ => { }, Delimiter);
}

internal static class CsvChange
{
    /// <summary>Changes a body that is a table; the emulator's have no quotes.</summary>
    internal static void Apply(MutableResponse response, Action<List<string[]>> change, string delimiter = ",")
    {
        if (response.Header("Content-Type") != "text/csv" || response.Body.Length == 0)
            return;
        List<string[]> rows =
        [
            .. Encoding.Latin1.GetString(response.Body).TrimEnd('\n').Split('\n').Select(row => row.Split(',')),
        ];
        change(rows);
        response.Body = Encoding.Latin1.GetBytes(string.Concat(rows.Select(row => string.Join(delimiter, row) + "\n")));
    }
}

internal sealed record CutBody(double At) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets) =>
        response.Body = response.Body[..Part(response.Body.Length, At)];
}

internal sealed record InsertBytes(double At, string Text) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets)
    {
        int at = Part(response.Body.Length, At);
        response.Body = [.. response.Body[..at], .. Bytes(Text, secrets), .. response.Body[at..]];
    }
}

internal sealed record FlipBits(double At, byte Bits) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets)
    {
        if (response.Body.Length > 0)
            response.Body[Part(response.Body.Length - 1, At)] ^= Bits;
    }
}

internal sealed record DoubleBody : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets) =>
        response.Body = [.. response.Body, .. response.Body];
}

/// <summary>Encodes the body, says so, or both.</summary>
internal sealed record ChangeEncoding(string Name, bool IsEncoded, bool IsTold) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets)
    {
        if (IsTold)
            response.Set("Content-Encoding", Name);
        if (!IsEncoded)
            return;

        using var encoded = new MemoryStream();
        using (
            Stream? encoder = Name.ToLowerInvariant() switch
            {
                "gzip" => new GZipStream(encoded, CompressionLevel.Fastest),
                "deflate" => new ZLibStream(encoded, CompressionLevel.Fastest),
                "br" => new BrotliStream(encoded, CompressionLevel.Fastest),
                _ => null,
            }
        )
        {
            encoder?.Write(response.Body);
        }

        if (encoded.Length > 0)
            response.Body = encoded.ToArray();
    }
}

internal sealed record ChangeCharset(string Name, string? Charset) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets)
    {
        var encoding = Encoding.GetEncoding(Name);
        response.Body = [.. encoding.GetPreamble(), .. encoding.GetBytes(Encoding.UTF8.GetString(response.Body))];
        if (Charset is not null)
            response.Set("Content-Type", $"{response.Header("Content-Type") ?? "text/plain"}; charset={Charset}");
    }
}

internal sealed record BreakBody(double At, bool IsSilent) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets)
    {
        response.BreaksAt = Part(response.Body.Length, At);
        response.IsSilentThere = IsSilent;
    }
}

internal sealed record TrickleBody(int MillisecondsPerByte) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets) =>
        response.DelayOfByte = TimeSpan.FromMilliseconds(MillisecondsPerByte);
}

/// <summary>The answer takes its time; a negative number stands for never.</summary>
internal sealed record DelayResponse(int Seconds) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets) =>
        response.Delay = Seconds < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(Seconds);
}

internal enum NetworkFailure
{
    Refused,
    NoSuchHost,
    Reset,
    Ended,
    ProxyRefused,
    ProxyPassword,
    Certificate,
    Timeout,
}

/// <summary>No answer at all.</summary>
internal sealed record FailToConnect(NetworkFailure Trouble) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets) =>
        response.Failure = () =>
            Trouble switch
            {
                NetworkFailure.Refused => new HttpRequestException(
                    HttpRequestError.ConnectionError,
                    "Connection refused (api.linkedin.com:443)",
                    new SocketException((int)SocketError.ConnectionRefused)
                ),
                NetworkFailure.NoSuchHost => new HttpRequestException(
                    HttpRequestError.NameResolutionError,
                    "Name or service not known (api.linkedin.com:443)",
                    new SocketException((int)SocketError.HostNotFound)
                ),
                NetworkFailure.Reset => new HttpRequestException(
                    HttpRequestError.Unknown,
                    "An error occurred while sending the request.",
                    new IOException("Connection reset by peer.", new SocketException((int)SocketError.ConnectionReset))
                ),
                NetworkFailure.Ended => new HttpRequestException(
                    HttpRequestError.ResponseEnded,
                    "An error occurred while sending the request.",
                    new HttpIOException(HttpRequestError.ResponseEnded, "The response ended prematurely.")
                ),
                NetworkFailure.ProxyRefused => new HttpRequestException(
                    HttpRequestError.ProxyTunnelError,
                    secrets.Fill(
                        "The proxy tunnel request to proxy 'http://svc-account:${proxy}@127.0.0.1:3128/' failed with status "
                            + "code '403'.\"."
                    )
                ),
                NetworkFailure.ProxyPassword => new HttpRequestException(
                    HttpRequestError.ProxyTunnelError,
                    secrets.Fill(
                        "The proxy tunnel request to proxy 'http://svc-account:${proxy}@127.0.0.1:3128/' failed with status "
                            + "code '407'.\"."
                    )
                ),
                NetworkFailure.Certificate => new HttpRequestException(
                    HttpRequestError.SecureConnectionError,
                    "The SSL connection could not be established, see inner exception.",
                    new AuthenticationException(
                        secrets.Fill(
                            "The remote certificate is invalid because of errors in the certificate chain: PartialChain ${token}"
                        )
                    )
                ),
                _ => new TaskCanceledException(
                    "A connection could not be established within the configured ConnectTimeout.",
                    new TimeoutException("ConnectTimeout")
                ),
            };
}

internal sealed record RedirectTo(int Status, string Location) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets)
    {
        response.Status = Status;
        response.Set("Location", secrets.Fill(Location));
        response.Body = [];
    }
}
