using FsCheck;
using FsCheck.Fluent;

namespace LinkedInExports.Core.Tests.Robustness;

/// <summary>Makes scenarios by chance: one to three changes of one to all answers of an endpoint.</summary>
internal static class Scenarios
{
    private const string Escapes = "\x1b[31m\x1b]0;title\x07\x08\x00\x9b\x7f";

    private static readonly string[] JsonValues =
    [
        "null",
        "true",
        "false",
        "0",
        "-1",
        "1",
        "204",
        "2147483647",
        "2147483648",
        "-2147483649",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "1e400",
        "-0.0",
        "1.5",
        "1e3",
        "253402300799999",
        "253402300800000",
        "253402300799000",
        "-62135596800000",
        "-62135596800001",
        "8640000000000000",
        "99999999999",
        "100000000000",
        "\"\"",
        "\"text\"",
        "\"0\"",
        "\"148\"",
        "\"9223372036854775808\"",
        "\"-1\"",
        "\"NaN\"",
        "\" \"",
        "\"COMPLETED\"",
        "\"PROCESSING\"",
        "\"FAILED\"",
        "\"FAILED_DUE_TO_EXCEEDED_FILE_SIZE_ERROR\"",
        "\"completed\"",
        "\"CANCELLED\"",
        "\"bad name \\ud83d\"",
        "\"\\udc00\\ud800\"",
        "\"\\u0000\\u001b[31m\\u0007\\u009b\"",
        "\"\\u202eabc\\u2066\\u061c\\u2028\"",
        "\"\\ufffd\\uffff\\ufdd0\"",
        "\"${token}\"",
        "\"Bearer ${token} and ${client} of ${refresh}\"",
        "\"Cannot serve ${link} now\"",
        "\"http://svc:${proxy}@proxy:3128/\"",
        "[]",
        "{}",
        "[null]",
        "[[]]",
        "{\"a\":null}",
        "[1,2,3]",
        "[\"${link}\",null]",
        "[\"${link}\"]",
        "\"${link}\"",
        "\"https://evil.example.com/x?x-li-ambry-ep=${signature}\"",
        "[\"https://media.licdn.com/x?x-li-ambry-ep=${signature}\"]",
        "[\"http://127.0.0.1:1/x?x-li-ambry-ep=${signature}\"]",
        "\"http://169.254.169.254/x?x-li-ambry-ep=${signature}\"",
        "\"file:///etc/passwd\"",
        "\"//evil.example.com/a\"",
        "\"/relative\"",
        "\"https://user:pass@www.linkedin.com/a?x-li-ambry-ep=${signature}\"",
        "\"https://www.linkedin.com:8443/a?x-li-ambry-ep=${signature}\"",
        "[\"https://www.linked\\ufdd0in.com/a\"]",
        "[\"https://www.linked\\u00adin.com/a\"]",
        "\"https://\"",
        "\"https://[::1]/a\"",
        "\"javascript:alert(1)\"",
        "nan",
        "'x'",
        "\"\\x\"",
        "\"\xff\xfe\"",
        "\"\xc3(\"",
        "\"\x1b[2J\"",
        "\"",
        "{",
        "}",
        "",
        "\"" + new string('x', 100_000) + "\"",
        new string('[', 200) + new string(']', 200),
        new string('[', 100_000),
        "\"tcrmCandidateId=C-1\"",
        "{\"status\":204}",
        "{\"status\":\"204\"}",
        "{\"status\":500,\"message\":\"\\ud83d ${token}\"}",
        "{\"status\":404}",
        "{\"status\":429}",
    ];

    /// <summary>What can be said of one record of a batch, or of a job.</summary>
    private static readonly string[] JsonAnswers =
    [
        "{\"status\":400,\"message\":\"no ${token}\"}",
        "{\"status\":400,\"message\":\"\\u001b[31m\\u202e\\ud83d\"}",
        "{\"status\":422,\"code\":\"${token}\"}",
        "{\"status\":500,\"message\":\"Cannot read ${link}\",\"serviceErrorCode\":100}",
        "{\"status\":204,\"status\":409}",
        "{\"message\":\"Bearer ${token}\"}",
    ];

    private static readonly string[] JsonNames =
    [
        "\"\"",
        "\"status\"",
        "\"STATUS\"",
        "\"id\"",
        "\"value\"",
        "\"jobId\"",
        "\"downloadUrl\"",
        "\"downloadUrls\"",
        "\"results\"",
        "\"errors\"",
        "\"message\"",
        "\"\\ud83d\"",
        "\"\xff\"",
        "\"a\\u001bb\"",
        "\"${token}\"",
        "\"access_token\"",
        "\"expires_in\"",
        "\"elements\"",
        "\"$type\"",
        "\"tcrmCandidateId=C-1&dataProvider=PARTNER&integrationContext=urn%3Ali%3Aorganization%3A1000&tcrmResumeId=RC-1\"",
        "\"tcrmCandidateId=%ud83d&dataProvider=PARTNER&integrationContext=%&tcrmResumeId=%FF\"",
    ];

    private static readonly string[] Cells =
    [
        "",
        " ",
        "text",
        "0",
        "-1",
        "1",
        "9223372036854775807",
        "9223372036854775808",
        "253402300799999",
        "253402300800000",
        "-62135596800001",
        "1e5",
        "NaN",
        "\"a,b\"",
        "\"a\nb\"",
        "\"unclosed",
        "a\"b",
        "a\nb",
        "a\rb",
        "\x00",
        "\x1b[31m",
        "\xff\xfe",
        "\xc3(",
        "\xe2\x80\xae",
        "\xef\xbb\xbf",
        "=cmd|' /C calc'!A0",
        "CONTACT",
        "LEAD",
        "OTHER",
        "02-30-2024 25:61:61",
        "12-31-9999 23:59:59",
        "01-01-0001 00:00:00",
        "2024-01-01T00:00:00Z",
        "crmId",
        "activityId",
        new string('x', 70_000),
    ];

    private static readonly string[] Bodies =
    [
        "",
        " ",
        "\n",
        "\xef\xbb\xbf",
        "null",
        "true",
        "[]",
        "{}",
        "\"text\"",
        "0",
        "<!DOCTYPE html><html><body>Sign in ${link}</body></html>",
        "Service temporarily unavailable\n",
        "Sorry, we are, for now, closed\n",
        "{\"status\":500,\"message\":\"Cannot serve ${link} for Authorization: Bearer ${token}\"}",
        "{\"message\":\"" + "\\u001b[31m\\u202e\\ud83d" + "\",\"code\":\"${token}\",\"serviceErrorCode\":65601,\"status\":401}",
        "{\"error\":\"invalid_client\",\"error_description\":\"client_secret=${client}&refresh_token=${refresh} \\u0007\"}",
        "{\"error\":\"invalid_grant\"}",
        "{\"message\":null,\"serviceErrorCode\":99999999999,\"status\":\"x\"}",
        "{\"serviceErrorCode\":\"101\"}",
        "{\"elements\":[null],\"paging\":{\"links\":[null]}}",
        "{\"elements\":[{\"contract\":\"urn:li:contract:1\",\"name\":\"\\u001b[31m\\u202e${token}\",\"description\":\"\\ud83d\",\"hasReportingAccess\":null}],\"paging\":null}",
        "{\"results\":{},\"errors\":{}}",
        "{\"results\":null}",
        "{\"results\":[],\"errors\":[]}",
        "{\"errors\":{\"x\":null}}",
        "{\"access_token\":\"a\\r\\nX: y\",\"expires_in\":1}",
        "{\"access_token\":\"\\u00e9\\ud83d\",\"expires_in\":1e400}",
        "{\"access_token\":\"abc\",\"expires_in\":-1}",
        "{\"access_token\":\"abcdef\",\"expires_in\":9223372036854775807}",
        "{\"access_token\":123}",
        "{\"access_token\":\"" + "x" + "\",\"refresh_token\":\"a\\nb\"}",
        "{\"active\":\"yes\"}",
        "{\"active\":null}",
        "crmId,crmRecordType,expiredAt,createdAt\n",
        "crmId,crmRecordType,expiredAt,createdAt",
        "crmId;crmRecordType;expiredAt;createdAt\na;LEAD;1;2\n",
        "activityId,activityType,createdAt,seatId\nact-1,SAVED_LEAD,01-01-2024 00:00:00,70011\n",
        "a,b,c,d\n1,2,3,4\n",
        Escapes,
        "\xff\xfe\x00\x01",
        new string('\0', 5000),
        "\"",
        "%PDF-1.7",
        "\x1f\x8b\x08\x00\x00\x00\x00\x00",
    ];

    private static readonly string?[] Dates =
    [
        null,
        "",
        "x",
        "0",
        "Mon, 01 Jan 0001 00:00:00 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Fri, 31 Dec 9999 23:59:59 -1200",
        "Mon, 05 Jan 2026 12:00:00 GMT",
        "Mon, 12 Jan 2026 08:00:00 GMT",
        "Sun, 04 Jan 2026 23:59:59 GMT",
        "Sat, 01 Jan 2000 00:00:00 GMT",
        "-1",
        "1",
        "30",
        "86400",
        "99999999999999999999",
        "1.5",
        Escapes,
        "Bearer ${token}",
    ];

    private static readonly (string Name, string?[] Values)[] Headers =
    [
        ("Date", Dates),
        ("Retry-After", Dates),
        ("Last-Modified", Dates),
        ("Expires", Dates),
        (
            "Content-Type",
            [
                null,
                "",
                "text/html",
                "application/json",
                "text/csv; charset=utf-16",
                "text/csv; charset=nonsense",
                Escapes,
                "application/json; ${token}",
                "multipart/mixed",
            ]
        ),
        ("Content-Length", [null, "0", "1", "5", "99999", "4294967296", "9223372036854775807", "-1", "x"]),
        ("Content-Range", [null, "bytes 0-1/2", "bytes */5", "bytes 0-9223372036854775807/9223372036854775807", "x"]),
        ("Accept-Ranges", [null, "none", "bytes", "x"]),
        ("ETag", [null, "\"a\"", "W/\"a\"", "unquoted", "\"" + Escapes + "\"", "\"${token}\""]),
        (
            "Location",
            [
                null,
                "",
                "/",
                "/a/b",
                "//evil.example.com/a",
                "https://evil.example.com/hireMediaUrl/x",
                "/crmDataValidationExportJobs/",
                "/crmDataValidationExportJobs/9223372036854775808",
                "/crmDataValidationExportJobs/150",
                "/hireMediaUrl/%",
                "/AAY${token}.txt",
                "/A" + Escapes,
                "/" + "${link}",
                "/hireMediaUrl/https%3A%2F%2Fevil.example.com%2Fa%3Fx-li-ambry-ep%3D${signature}",
            ]
        ),
        ("X-RestLi-Id", [null, "", "0", "-1", "149", "9223372036854775808", "abc", "${token}", "1,2", Escapes, "148 "]),
        (
            "x-linkedin-id",
            [
                null,
                "",
                "x",
                "https://evil.example.com/a?x-li-ambry-ep=${signature}",
                "http://www.linkedin.com/a?x-li-ambry-ep=${signature}",
                "${link}",
                "https://www.linkedin.com/ambry/?x-li-ambry-ep=${signature}",
                "file:///etc/passwd",
                Escapes,
                "https://www.linked\xadin.com/a",
            ]
        ),
        ("x-li-uuid", [null, "", "${token}", "Bearer ${token}", Escapes, "${link}", new string('u', 20_000)]),
        ("x-li-request-id", ["${token}", Escapes]),
        ("x-li-fabric", ["${token}", Escapes, "${client}"]),
        ("Set-Cookie", ["a=${token}"]),
        ("Transfer-Encoding", ["chunked"]),
    ];

    private static readonly string[] Locations =
    [
        "",
        "/",
        "?",
        "https://evil.example.com/a?x-li-ambry-ep=${signature}",
        "http://www.linkedin.com/ambry/?x-li-ambry-ep=${signature}",
        "https://media.licdn.com/a?x-li-ambry-ep=${signature}",
        "//evil.example.com/a",
        "/ambry/?x-li-ambry-ep=${signature}",
        "${link}",
        "https://user:${proxy}@www.linkedin.com/a",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://127.0.0.1/a",
        "https://169.254.169.254/a",
        "https://[::1]/a",
        "https://10.0.0.1/a",
        "https://www.linkedin.com:8443/a",
        "https://api.linkedin.com/v2/other",
        "https://xn--/",
        "https://www.linked\xadin.com/",
        "\x1b[31m",
        "http://[",
    ];

    private static readonly int[] Statuses =
    [
        0,
        100,
        101,
        200,
        201,
        202,
        203,
        204,
        205,
        206,
        207,
        226,
        300,
        301,
        302,
        303,
        304,
        307,
        308,
        400,
        401,
        402,
        403,
        404,
        405,
        406,
        407,
        408,
        409,
        410,
        411,
        412,
        413,
        414,
        415,
        416,
        417,
        418,
        421,
        422,
        425,
        426,
        428,
        429,
        431,
        451,
        500,
        501,
        502,
        503,
        504,
        505,
        507,
        508,
        511,
        520,
        599,
        600,
        999,
    ];

    private static readonly string[] Reasons =
    [
        "",
        "OK",
        Escapes,
        "${token}",
        "Bearer ${token}",
        "${link}",
        "\u202e\u2066",
        "\ud83d",
        new string('r', 5000),
    ];

    private static readonly string[] Inserted =
    [
        "\0",
        "\n",
        "\r\n",
        ",",
        ";",
        "\"",
        "\x1b[31m",
        "\xff",
        "\xc3(",
        "\xed\xa0\xbd",
        "\xef\xbb\xbf",
        "\xe2\x80\xae",
        "[",
        "{",
        "}",
        "null",
        "\\ud83d",
        "\\u0000",
        "x",
        "${token}",
        "${link}",
    ];

    private static readonly Gen<double> Fraction = Gen.Choose(0, 1000).Select(thousandths => thousandths / 1000.0);

    private static readonly Gen<int> Number = Gen.Choose(0, 60);

    private static readonly Gen<Mutation> Encodings =
        from name in Gen.Elements("gzip", "deflate", "br", "GZIP", "zstd", "compress", "identity", "x", "gzip, br", "")
        from isEncoded in Gen.Elements(true, false)
        from isTold in Gen.Elements(true, true, false)
        select (Mutation)new ChangeEncoding(name, isEncoded, isTold);

    private static readonly Gen<Mutation> Mutations = Gen.Frequency(
        (4, Gen.Elements(Statuses).Select(status => (Mutation)new ChangeStatus(status))),
        (1, Gen.Elements(Reasons).Select(reason => (Mutation)new ChangeReason(reason))),
        (
            6,
            from header in Gen.Elements(Headers)
            from value in Gen.Elements(header.Values)
            select (Mutation)new ChangeHeader(header.Name, value)
        ),
        (3, Gen.Elements(Bodies).Select(body => (Mutation)new ReplaceBody(body))),
        (8, from number in Number from json in Gen.Elements(JsonValues) select (Mutation)new ReplaceJsonValue(number, json)),
        (1, from number in Number from json in Gen.Elements(JsonAnswers) select (Mutation)new ReplaceJsonValue(number, json)),
        (
            1,
            from number in Number
            from wrap in Gen.Elements(("[", "]"), ("{\"a\":", "}"), ("\"", "\""), ("[null,", "]"), ("{\"value\":", "}"))
            select (Mutation)new WrapJsonValue(number, wrap.Item1, wrap.Item2)
        ),
        (2, Number.Select(number => (Mutation)new RemoveJsonProperty(number))),
        (2, from number in Number from json in Gen.Elements(JsonValues) select (Mutation)new RepeatJsonProperty(number, json)),
        (2, from number in Number from name in Gen.Elements(JsonNames) select (Mutation)new RenameJsonProperty(number, name)),
        (
            4,
            from row in Number
            from column in Number
            from value in Gen.Elements(Cells)
            select (Mutation)new ReplaceCell(row, column, value)
        ),
        (1, from column in Number from value in Gen.Elements(Cells) select (Mutation)new ReplaceCell(0, column, value)),
        (1, Number.Select(column => (Mutation)new RemoveColumn(column))),
        (1, Number.Select(row => (Mutation)new RemoveRow(row))),
        (1, Number.Select(row => (Mutation)new RepeatRow(row))),
        (1, Gen.Elements(";", "\t", "|", "").Select(delimiter => (Mutation)new ChangeDelimiter(delimiter))),
        (3, Fraction.Select(at => (Mutation)new CutBody(at))),
        (3, from at in Fraction from text in Gen.Elements(Inserted) select (Mutation)new InsertBytes(at, text)),
        (3, from at in Fraction from bit in Gen.Choose(0, 7) select (Mutation)new FlipBits(at, (byte)(1 << bit))),
        (1, Gen.Constant((Mutation)new DoubleBody())),
        (2, Encodings),
        (
            1,
            from name in Gen.Elements("utf-16", "utf-16BE", "utf-32", "iso-8859-1", "us-ascii")
            from told in Gen.Elements(name, null, "nonsense")
            select (Mutation)new ChangeCharset(name, told)
        ),
        (3, from at in Fraction from silent in Gen.Elements(true, false) select (Mutation)new BreakBody(at, silent)),
        (1, Gen.Elements(1, 900, 4_000).Select(milliseconds => (Mutation)new TrickleBody(milliseconds))),
        (2, Gen.Elements(-1, 1, 9, 11, 3600).Select(seconds => (Mutation)new DelayResponse(seconds))),
        (3, Gen.Elements(Enum.GetValues<NetworkFailure>()).Select(trouble => (Mutation)new FailToConnect(trouble))),
        (
            3,
            from status in Gen.Elements(301, 302, 303, 307, 308)
            from location in Gen.Elements(Locations)
            select (Mutation)new RedirectTo(status, location)
        )
    );

    /// <summary>Scenarios for a pipeline that uses these endpoints.</summary>
    internal static Arbitrary<Scenario> For(params Endpoint[] endpoints)
    {
        Gen<Change> change =
            from endpoint in Gen.Frequency(
                (9, Gen.Elements(endpoints).Select(one => (Endpoint?)one)),
                (1, Gen.Constant((Endpoint?)null))
            )
            from skip in Gen.Frequency((5, Gen.Constant(0)), (2, Gen.Constant(1)), (1, Gen.Choose(2, 5)))
            from times in Gen.Frequency(
                (3, Gen.Constant(1)),
                (1, Gen.Constant(2)),
                (1, Gen.Constant(4)),
                (3, Gen.Constant(Change.Always))
            )
            from mutation in Mutations
            select new Change(endpoint, skip, times, mutation);
        Gen<Scenario> scenario =
            from variant in Gen.Choose(0, 7)
            from count in Gen.Frequency((5, Gen.Constant(1)), (3, Gen.Constant(2)), (1, Gen.Constant(3)))
            from changes in change.ArrayOf(count)
            select new Scenario(variant, changes);
        return Arb.From(scenario, Shrink);
    }

    /// <summary>Simpler scenarios: a change less, fewer answers, the first variant.</summary>
    private static IEnumerable<Scenario> Shrink(Scenario scenario)
    {
        for (int index = 0; scenario.Changes.Length > 1 && index < scenario.Changes.Length; index++)
        {
            yield return scenario with
            {
                Changes = [.. scenario.Changes.Where((_, other) => other != index)],
            };
        }

        if (scenario.Variant != 0)
        {
            yield return scenario with
            {
                Variant = 0,
            };
        }

        for (int index = 0; index < scenario.Changes.Length; index++)
        {
            Change change = scenario.Changes[index];
            if (change.Times != 1)
                yield return With(scenario, index, change with { Times = 1 });
            if (change.Skip > 0)
                yield return With(scenario, index, change with { Skip = 0 });
        }
    }

    private static Scenario With(Scenario scenario, int index, Change change)
    {
        Change[] changes = [.. scenario.Changes];
        changes[index] = change;
        return scenario with { Changes = changes };
    }
}
