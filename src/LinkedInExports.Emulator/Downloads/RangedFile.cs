using System.Globalization;
using System.Runtime.CompilerServices;
using LinkedInExports.Emulator.Http;
using Microsoft.Net.Http.Headers;

namespace LinkedInExports.Emulator.Downloads;

/// <summary>Creates responses with a file or the requested range of it (RFC 9110, section 14).</summary>
internal sealed class RangedFile(EmulatorOptions options)
{
    private readonly DateTimeOffset _lastModified = options.TimeProvider.GetUtcNow().AddHours(-1);
    private int _responseCount;

    public EmulatorResponse CreateResponse(EmulatorRequest request, IBody file)
    {
        (string Name, string Value)? validator = GetValidator(file);
        long from = GetStart(request);
        bool isWanted =
            options.RangeSupport is not (RangeSupport.None or RangeSupport.Ignored)
            && from > 0
            && (request.Headers.IfRange.Count == 0 || request.Headers.IfRange.ToString() == validator?.Value);
        if (isWanted && (from >= file.Length || options.RangeSupport == RangeSupport.Refused))
            return new EmulatorResponse(416).With("Content-Range", $"bytes */{file.Length}");

        if (isWanted && options.RangeSupport == RangeSupport.Shifted)
            from++;
        EmulatorResponse response = isWanted
            ? new EmulatorResponse(206)
            {
                ContentType = "text/csv",
                Body = new PartialBody(file, from),
                Chunked = options.Chunked,
            }
            : new EmulatorResponse(200)
            {
                ContentType = "text/csv",
                Body = file,
                Chunked = options.Chunked,
            };
        if (isWanted && options.RangeSupport != RangeSupport.Unlabelled)
        {
            response.With(
                "Content-Range",
                string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{file.Length - 1}/{file.Length}")
            );
        }

        if (options.RangeSupport != RangeSupport.None)
            response.With("Accept-Ranges", "bytes");
        return validator is { } header ? response.With(header.Name, header.Value) : response;
    }

    /// <summary>Gets the first requested byte. Returns 0 for requests without a range and unsupported ranges.</summary>
    private static long GetStart(EmulatorRequest request) =>
        RangeHeaderValue.TryParse(request.Headers.Range.ToString(), out RangeHeaderValue? range)
        && range.Ranges is { Count: 1 }
        && range.Ranges.Single() is { From: { } from, To: null }
            ? from
            : 0;

    private (string Name, string Value)? GetValidator(IBody file)
    {
        // The file object is the same for all links of a job.
        string tag = $"\"{file.Length:x}-{RuntimeHelpers.GetHashCode(file):x}\"";
        return options.FileValidator switch
        {
            FileValidator.ETag => ("ETag", tag),
            FileValidator.WeakETag => ("ETag", "W/" + tag),
            FileValidator.ChangingETag => ("ETag", $"\"{Interlocked.Increment(ref _responseCount)}\""),
            FileValidator.LastModified => ("Last-Modified", _lastModified.ToString("R", CultureInfo.InvariantCulture)),
            FileValidator.JustModified => (
                "Last-Modified",
                options.TimeProvider.GetUtcNow().ToString("R", CultureInfo.InvariantCulture)
            ),
            _ => null,
        };
    }
}
