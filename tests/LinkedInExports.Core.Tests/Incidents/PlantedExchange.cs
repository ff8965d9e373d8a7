using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LinkedInExports.Core.Tests.Incidents;

/// <summary>A request and a response with ids, names and secrets in all places, determined by a seed.</summary>
internal sealed class PlantedExchange
{
    private static readonly string[] Names =
    [
        "Grant Li",
        "Member Data Service",
        "Active Seat Record",
        "Not Found Inc",
        "active member",
        "Müller & Søn",
        "Иванов Пётр",
        "สมชาย ใจดี",
        "山田太郎",
        "देवनागरी नाम",
    ];

    private static readonly Encoding[] Encodings =
    [
        new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
        new UnicodeEncoding(bigEndian: false, byteOrderMark: true),
        new UnicodeEncoding(bigEndian: false, byteOrderMark: false),
        new UnicodeEncoding(bigEndian: true, byteOrderMark: true),
        new UnicodeEncoding(bigEndian: true, byteOrderMark: false),
        new UTF32Encoding(bigEndian: false, byteOrderMark: true),
        new UTF32Encoding(bigEndian: false, byteOrderMark: false),
        new UTF32Encoding(bigEndian: true, byteOrderMark: true),
        CodePagesEncodingProvider.Instance.GetEncoding(1251)!,
    ];

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Random _random;
    private readonly string _id;
    private readonly string _name;
    private readonly string _signature;
    private readonly string _document;

    internal PlantedExchange(int seed)
    {
#pragma warning disable CA5394 // It is the point of it that it can be repeated.
        _random = new Random(seed);
        _id = CreateText("123456789", 8);
        _name = Names[seed % Names.Length];
        _signature = "AQ" + CreateText("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ0123456789", 30);
        _document = $"{_name} {_id}.pdf";
        (Encoding, ResponseBody, IsFile) = CreateBody(seed / Names.Length);
        Status = IsFile || _random.Next(3) > 0 ? HttpStatusCode.OK : HttpStatusCode.NotFound;
    }

    /// <summary>The values that an incident must not have, and those of their words that are long enough.</summary>
    internal IEnumerable<string> Values =>
        [_id, _name, _signature, .. _name == "active member" ? [] : _name.Split(' ').Where(word => word.Length >= 4)];

    /// <summary>The encoding of the response.</summary>
    internal Encoding Encoding { get; }

    internal byte[] ResponseBody { get; }

    /// <summary>Whether the response is a file, which the request gets with a link of an earlier response.</summary>
    internal bool IsFile { get; }

    internal HttpStatusCode Status { get; }

    internal string Link => $"https://www.linkedin.com/ambry/?x-li-ambry-ep={_signature}";

    internal HttpRequestMessage CreateRequest()
    {
        string name = Uri.EscapeDataString(_name);
        string query = _random.Next(4) switch
        {
            0 => $"q=contractsByMember&contract=urn:li:contract:{_id}&name={name}",
            1 => $"ids%5B0%5D.tcrmCandidateId={name}&ids%5B0%5D.integrationContext=urn:li:organization:{_id}",
            2 => $"ids=List((dataProvider:PARTNER,integrationContext:urn%3Ali%3Aorganization%3A{_id},tcrmCandidateId:{name}))",
            _ => $"crmInstanceId=urn:li:crmInstance:(HUBSPOT,{_id})&code={_signature}&{name}={name}"
                + $"&x-ambry-filename={Uri.EscapeDataString(_document)}",
        };
        var request = new HttpRequestMessage(
            IsFile ? HttpMethod.Get : HttpMethod.Post,
            IsFile ? new Uri(Link) : new Uri($"https://api.linkedin.com/v2/salesContracts/{_id}/{name}?{query}")
        );
        request.Headers.TryAddWithoutValidation("If-Range", $"\"{_id}-{Uri.EscapeDataString(_name)}\"");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _signature);
        if (!IsFile)
        {
            request.Content = _random.Next(2) == 0 ? new ByteArrayContent(CreateJson()) : new StringContent(CreateForm());
        }

        return request;
    }

    internal HttpResponseMessage CreateResponse()
    {
        bool isCompressed = _random.Next(5) == 0;
        var response = new HttpResponseMessage(Status)
        {
            Content = new ByteArrayContent(isCompressed ? Compress(ResponseBody) : ResponseBody),
        };
        if (isCompressed)
            response.Content.Headers.ContentEncoding.Add("gzip");
        response.Headers.TryAddWithoutValidation("ETag", $"W/\"{_id}-{Uri.EscapeDataString(_name)}\"");
        response.Headers.TryAddWithoutValidation("X-RestLi-Id", $"urn:li:contract:{_id}");
        response.Headers.TryAddWithoutValidation(
            "Location",
            $"/hireMediaUrl/{Uri.EscapeDataString($"{Link}&x-ambry-filename={Uri.EscapeDataString(_document)}")}"
        );
        return response;
    }

    private string CreateForm() =>
        $"grant_type=refresh_token&refresh_token={_signature}&Client_Secret={_signature}&code={_signature}"
        + $"&username={Uri.EscapeDataString(_name)}&scope=r_{_id}";

    private (Encoding Encoding, byte[] Body, bool IsFile) CreateBody(int kind)
    {
        Encoding encoding = Encodings[_random.Next(Encodings.Length)];
        byte[] json = CreateJson();
        return (kind % 7) switch
        {
            0 => (Encoding.UTF8, json, false),
            1 => (Encoding.UTF8, json[.._random.Next(20, json.Length)], false),
            2 => (Encoding.UTF8, CreateLongJson(), false),
            3 => (Encoding.UTF8, Encoding.UTF8.GetBytes($"<html><p>{CreateMessage()}</p></html>"), _random.Next(2) == 0),
            4 => (encoding, Encode(encoding, CreateFile(rows: 3, hasHeader: true)), true),
            5 => (encoding, Encode(encoding, CreateFile(rows: 3, hasHeader: false)), true),
            _ => (encoding, Encode(encoding, CreateFile(rows: 1000, hasHeader: _random.Next(2) == 0)), true),
        };
    }

    private byte[] CreateLongJson() =>
        Encoding.UTF8.GetBytes($"[{string.Join(",", Enumerable.Repeat(Encoding.UTF8.GetString(CreateJson()), 500))}]");

    /// <summary>Places the values in names, strings and numbers: first, last, nested, and after objects.</summary>
    private byte[] CreateJson()
    {
        long id = long.Parse(_id, CultureInfo.InvariantCulture);
        object[] values =
        [
            _id,
            id,
            _name,
            new object[] { id, _id, new { count = 1 }, id, _id, _name },
            new Dictionary<string, object> { ["name"] = _name, ["description"] = _name },
            new Dictionary<string, object>
            {
                ["status"] = _id,
                ["rowCount"] = _id,
                ["code"] = _name,
            },
            new Dictionary<string, object>
            {
                [_id] = id,
                [_name] = _name,
                [$"tcrmCandidateId={_name}"] = _id,
            },
            new Dictionary<string, object> { ["message"] = CreateMessage(), ["error_description"] = CreateMessage() },
            new Dictionary<string, object> { ["Access_Token"] = _signature, ["token"] = new object[] { 1, _signature } },
            new Dictionary<string, object> { ["downloadUrl"] = Link, ["urn"] = $"urn:li:organization:{_id}" },
            new Dictionary<string, object> { ["value"] = id + 0.5, ["total"] = "x" + _id },
        ];
        object[] shuffled = [.. values.OrderBy(_ => _random.Next())];
        return JsonSerializer.SerializeToUtf8Bytes(
            new Dictionary<string, object>
            {
                ["elements"] = shuffled,
                ["start"] = 0,
                ["other"] = shuffled[.._random.Next(4)],
            },
            Relaxed
        );
    }

    private string CreateMessage() =>
        $"Not enough permissions to access: {_name} [{_id}], contracts [{_id}, {_id}], ids[{_id}], "
        + $"{_name}: {Link} for {_signature}";

    private string CreateFile(int rows, bool hasHeader)
    {
        var file = new StringBuilder(hasHeader ? "crmId,crmRecordType,Name\n" : "");
        for (int row = 0; row < rows; row++)
            file.Append(CultureInfo.InvariantCulture, $"{_id},{_name},\"{_name}, {_id}\",{_signature}\n");
        return file.ToString();
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return compressed.ToArray();
    }

    private static byte[] Encode(Encoding encoding, string text) => [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];

    private string CreateText(string alphabet, int length) =>
        string.Concat(Enumerable.Range(0, length).Select(_ => alphabet[_random.Next(alphabet.Length)]));
}
