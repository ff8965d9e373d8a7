using System.Text;
using System.Text.Json;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Incidents;

namespace LinkedInExports.Core.Tests.Incidents;

public sealed class ReducerTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000);

    private static readonly WordCipher Cipher = new("0123456789abcdef"u8);

    private readonly IncidentReducers _reducers = new(Cipher, Start);

    [Fact]
    public void Json_Job_KeepsStructureAndBehavior()
    {
        string json = Reduce(
            """
            {"value":{"id":100004,"status":"COMPLETED","rowCount":25,"expireAt":1700003600000,"hasReportingAccess":true,
            "downloadUrls":["https://www.linkedin.com/ambry/?x-li-ambry-ep=AQSecretSignature"],"undocumented":"Anna Smith"}}
            """
        );
        JsonElement job = JsonDocument.Parse(json).RootElement.GetProperty("value");

        Assert.Equal("COMPLETED", job.GetProperty("status").GetString());
        Assert.Equal(25, job.GetProperty("rowCount").GetInt32());
        Assert.Equal("start+3600000", job.GetProperty("expireAt").GetString());
        Assert.True(job.GetProperty("hasReportingAccess").GetBoolean());
        Assert.Equal(_reducers.Pseudonymizer.EncryptWords("100004"), job.GetProperty("id").GetRawText());
        Assert.Matches(@"^https://[0-9a-f]{16}\.invalid/[0-9a-f]{16}$", job.GetProperty("downloadUrls")[0].GetString());
        Assert.DoesNotContain("Secret", json, StringComparison.Ordinal);
        Assert.DoesNotContain("undocumented", json, StringComparison.Ordinal);
        Assert.DoesNotContain("Anna", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.5e10")]
    [InlineData("-12.25")]
    [InlineData("0")]
    [InlineData("9223372036854775807")]
    [InlineData("123456789012345678901234567890")]
    public void Json_AnyNumber_RemainsNumber(string number) =>
        Assert.Equal(
            JsonValueKind.Number,
            JsonDocument.Parse(Reduce($$"""{"id":{{number}}}""")).RootElement.GetProperty("id").ValueKind
        );

    [Fact]
    public void Json_Truncated_IsNotJson() => Assert.Null(_reducers.Json.TryReduce("{\"jobId\":148,\"stat"u8));

    [Fact]
    public void Pseudonymize_Key_HasSameWordsAsQuery()
    {
        string key = _reducers.Pseudonymizer.PseudonymizeName(
            "tcrmCandidateId=C%2D1&integrationContext=urn%3Ali%3Aorganization%3A77"
        );
        string query = _reducers.Pseudonymizer.PseudonymizeFields(
            "ids%5B0%5D.tcrmCandidateId=C-1&ids%5B0%5D.integrationContext=urn:li:organization:77"
        );
        string candidate = _reducers.Pseudonymizer.EncryptWords("C-1");
        string organization = _reducers.Pseudonymizer.EncryptWords("77");

        Assert.Equal($"tcrmCandidateId={candidate}&integrationContext=urn%3Ali%3Aorganization%3A{organization}", key);
        Assert.Equal(
            $"ids%5B0%5D.tcrmCandidateId={candidate}&ids%5B0%5D.integrationContext=urn:li:organization:{organization}",
            query
        );
    }

    [Theory]
    [InlineData("a%25252C1", "a", "1")]
    [InlineData("a%2525252C1", "a%2C1")]
    public void EncryptWords_NestedEncodings_AreDecodedThreeTimes(string text, params string[] words)
    {
        string reduced = _reducers.Pseudonymizer.EncryptWords(text);
        for (int level = 0; level < IncidentFormat.MaxEncodingDepth; level++)
            reduced = Uri.UnescapeDataString(reduced);

        Assert.Equal(string.Join(",", words.Select(Cipher.Encrypt)), reduced);
    }

    /// <summary>A stack overflow would end the process.</summary>
    [Fact]
    public void Reduce_WordWithThousandsOfEncodings_Returns()
    {
        string word = "%" + string.Concat(Enumerable.Repeat("25", 60_000));
        using var response = new HttpResponseMessage(System.Net.HttpStatusCode.Created);
        response.Headers.TryAddWithoutValidation("Location", $"/hireMediaUrl/{word}");

        string json = Reduce($$"""{"message":"{{word}}"}""");
        string location = Assert.Single(_reducers.Headers.Reduce(response, Start), header => header.Key == "Location").Value;

        Assert.StartsWith("{\"message\":\"%25", json, StringComparison.Ordinal);
        Assert.DoesNotContain(word, json, StringComparison.Ordinal);
        Assert.StartsWith("/hireMediaUrl/%25", location, StringComparison.Ordinal);
        Assert.DoesNotContain(word, location, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_OfTokenRequests_HaveNoLength()
    {
        Assert.Equal(
            "grant_type=refresh_token&refresh_token=***&client_secret=***",
            _reducers.Pseudonymizer.PseudonymizeFields("grant_type=refresh_token&refresh_token=AQ-x%3D1&client_secret=WPL_AP1.x")
        );
        Assert.Equal("""{"access_token":"***","expires_in":1800}""", Reduce("""{"access_token":"AQ-x","expires_in":1800}"""));
    }

    [Theory]
    [InlineData("crm-1,Anna,2026-01-05T08:00:00Z\r\n", "xxx-1,Xxxx,1111-11-11T11:11:11Z\r\n")]
    [InlineData("\"a, b\";1\t|", "\"x, x\";1\t|")]
    [InlineData("é €", "é €")]
    [InlineData("ü 語", "é €")]
    public void TextForm_Text_KeepsSeparatorsAndLength(string text, string form)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);

        TextForm.Reduce(bytes, CodeUnits.Detect(bytes));

        Assert.Equal(form, Encoding.UTF8.GetString(bytes));
    }

    [Theory]
    [InlineData("batch_update")]
    [InlineData("PUT")]
    [InlineData("FAILED_DUE_TO_TIMED_OUT")]
    public void Pseudonymize_DocumentedValue_IsUnchanged(string value) =>
        Assert.Equal(value, _reducers.Pseudonymizer.PseudonymizeHeader(value));

    [Fact]
    public void Vocabulary_DocumentedColumns_HasAll() =>
        Assert.All(
            Enum.GetValues<ExportType>().SelectMany(ExportSchema.GetColumns),
            column => Assert.True(Vocabulary.IsColumn(column), column)
        );

    [Theory]
    [InlineData("Activity ID", "activity_id", "\"ACTIVITYID\"")]
    public void Vocabulary_SpellingOfColumn_IsColumn(params string[] columns) =>
        Assert.All(columns, column => Assert.True(Vocabulary.IsColumn(column), column));

    [Theory]
    [InlineData("""{"token":["AQ-x",17]}""", """{"token":["***","***"]}""")]
    [InlineData("""{"refresh_token":[{"code":1},"AQ-x"]}""", """{"refresh_token":[{"code":"***"},"***"]}""")]
    [InlineData("""{"refresh_token":{"scope":"AQ-x"},"status":1}""", """{"refresh_token":{"scope":"***"},"status":1}""")]
    public void Json_SecretWithinArrayOrObject_HasNoLength(string json, string reduced) => Assert.Equal(reduced, Reduce(json));

    [Theory]
    [InlineData("""{"status":"401","serviceErrorCode":"65600"}""")]
    [InlineData("""{"rowCount":1234567890,"start":0,"count":10,"total":3}""")]
    public void Json_Counts_AreUnchanged(string json) => Assert.Equal(json, Reduce(json));

    [Theory]
    [InlineData("hireMediaUrl/ids[0]", true)]
    [InlineData("Contract [12] of ids[1234]", false)]
    public void Pseudonymize_Index_IsUnchangedInIds(string text, bool isUnchanged) =>
        Assert.Equal(isUnchanged, _reducers.Pseudonymizer.PseudonymizeWords(text) == text);

    [Theory]
    [InlineData("action=exportSeatData&contract=urn:li:contract:7", "action=exportSeatData&contract=urn:li:contract:#")]
    [InlineData("crmInstanceId=urn:li:crmInstance:(HUBSPOT,9)", "crmInstanceId=urn:li:crmInstance:(HUBSPOT,#)")]
    [InlineData("q=contractsByMember&grant=7", "q=contractsByMember&grant=#")]
    [InlineData("ids=List((dataProvider:PARTNER,tcrmResumeId:7))", "ids=List((dataProvider:PARTNER,tcrmResumeId:#))")]
    public void Pseudonymize_Query_KeepsNames(string query, string expected) =>
        Assert.Equal(
            expected,
            System.Text.RegularExpressions.Regex.Replace(_reducers.Pseudonymizer.PseudonymizeFields(query), "[0-9]", "#")
        );

    private string Reduce(string json) => Encoding.UTF8.GetString(_reducers.Json.TryReduce(Encoding.UTF8.GetBytes(json))!);
}
