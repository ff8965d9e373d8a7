using LinkedInExports.Text;

namespace LinkedInExports.Core.Tests.Models.Text;

public sealed class SanitizerTests
{
    [Theory]
    [InlineData("https://www.linkedin.com/ambry/?x-li-ambry-ep=AQSECRET&x=1 is gone")]
    [InlineData("x-li-ambry-ep=AQSECRET")]
    [InlineData("Authorization: Bearer AQSECRET")]
    [InlineData("bearer   AQSECRET")]
    [InlineData("Proxy-Authorization: Basic AQSECRET")]
    [InlineData("{\"access_token\":\"AQSECRET\",\"refresh_token\": \"AQSECRET\"}")]
    [InlineData("client_secret=AQSECRET")]
    [InlineData("proxy 'http://user:AQSECRET@10.0.0.1:3128/'")]
    [InlineData("http://AQSECRET@10.0.0.1:3128/")]
    [InlineData("http://user:AQ@SECRET@10.0.0.1:3128/")]
    public void Sanitize_TextWithUnknownSecret_RemovesSecret(string text)
    {
        Assert.DoesNotContain("SECRET", Sanitizer.Sanitize(text), StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", Sanitizer.SanitizeServerText(text), StringComparison.Ordinal);
    }

    [Fact]
    public void SanitizeServerText_CodeInForm_RemovesCode() =>
        Assert.DoesNotContain("AQSECRET", Sanitizer.SanitizeServerText("code: AQSECRET"), StringComparison.Ordinal);

    [Theory]
    [InlineData("Not enough permissions to access: crmDataValidationExportJobs.GET.NO_VERSION")]
    [InlineData("Parameter 'crmInstanceId' is invalid")]
    [InlineData("R&D; EMEA?")]
    [InlineData("Sales&Service;North")]
    public void SanitizeServerText_OrdinaryWords_ReturnsThem(string text) =>
        Assert.Equal(text, Sanitizer.SanitizeServerText(text));

    [Theory]
    [InlineData(@"C:\R&D\resumes;old\Müller?.pdf")]
    [InlineData("/home/user/bearer/list.csv")]
    [InlineData("https://api.linkedin.com/v2/")]
    [InlineData("urn:li:crmInstance:(DYNAMICS,0b7c)")]
    [InlineData("日本語 👩‍👩‍👧 עברית")]
    public void Sanitize_UserValue_ReturnsIt(string text) => Assert.Equal(text, Sanitizer.Sanitize(text));

    [Theory]
    [InlineData("Authorization: Bearer AQSECRET", "Authorization: Bearer ***")]
    [InlineData("GET /ambry/?x-li-ambry-ep=AQSECRET HTTP/1.1", "GET /ambry/?*** HTTP/1.1")]
    [InlineData("proxy 'http://svc:secret@127.0.0.1:3130/' failed", "proxy 'http://***@127.0.0.1:3130/' failed")]
    public void SanitizeServerText_UnknownSecret_LeavesMark(string text, string shown) =>
        Assert.Equal(shown, Sanitizer.SanitizeServerText(text));

    [Theory]
    [InlineData("AbCd+EfGh/IjKl is gone", "*** is gone")]
    [InlineData("Gone is AbCd+EfGh/IjKl", "Gone is ***")]
    [InlineData("{AbCd%2BEfGh%2FIjKl}", "{***}")]
    [InlineData("""{AbCd\u002BEfGh\/IjKl}""", "{***}")]
    [InlineData("{AbCd&#43;EfGh&#x2F;IjKl}", "{***}")]
    [InlineData("{%41b%43d%252BEfGh%252FIj%25254Bl}", "{***}")]
    public void Sanitize_KnownSecretInAnyEncoding_LeavesMark(string text, string shown)
    {
        var secret = new Secret("AbCd+EfGh/IjKl");
        Assert.Equal(shown, Sanitizer.Sanitize(text));
        GC.KeepAlive(secret);
    }

    [Theory]
    [InlineData("")]
    [InlineData("u:")]
    [InlineData("us:")]
    public void Sanitize_KnownSecretInBase64_LeavesNoPartOfIt(string before)
    {
        const string value = "S3cretPassword-of-a-proxy";
        var secret = new Secret(value, isRandom: false);
        string encoded = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(before + value));
        Assert.DoesNotContain(
            encoded.Substring(8, 16),
            Sanitizer.Sanitize($"sent {encoded} to the proxy"),
            StringComparison.Ordinal
        );
        GC.KeepAlive(secret);
    }

    [Fact]
    public void Sanitize_PasswordOfOrdinaryWords_RemovesTheWholeOnly()
    {
        var secret = new Secret("corporate-password", isRandom: false);
        Assert.Equal(
            "the corporate proxy wants a password, not ***",
            Sanitizer.Sanitize("the corporate proxy wants a password, not corporate-password")
        );
        GC.KeepAlive(secret);
    }

    [Theory]
    [InlineData("\u001b[31mred", "␛[31mred")]
    [InlineData("\u001b]0;title\u0007", "␛]0;title␇")]
    [InlineData("a\0b\bc\u007f", "a␀b␈c␡")]
    [InlineData("\u009b2J", "\\u009B2J")]
    [InlineData("abc\u202Egnp.exe", "abc\\u202Egnp.exe")]
    [InlineData("\u2066x\u2069", "\\u2066x\\u2069")]
    [InlineData("line\r\nline", "line  line")]
    public void Sanitize_ControlCharacters_MakesThemVisible(string text, string shown) =>
        Assert.Equal(shown, Sanitizer.Sanitize(text));

    /// <summary>The neighbors of the ranges that are replaced have a visible or harmless meaning.</summary>
    [Theory]
    [InlineData('\u001F', '\u0020')]
    [InlineData('\u007F', '\u007E')]
    [InlineData('\u0080', '\u00A1')]
    [InlineData('\u009F', '\u00A0')]
    [InlineData('\u061C', '\u061B')]
    [InlineData('\u061C', '\u061D')]
    [InlineData('\u200E', '\u200D')]
    [InlineData('\u200F', '\u2010')]
    [InlineData('\u2028', '\u2027')]
    [InlineData('\u2029', '\u2030')]
    [InlineData('\u202A', '\u202F')]
    [InlineData('\u202E', '\u202F')]
    [InlineData('\u2066', '\u2065')]
    [InlineData('\u2069', '\u206A')]
    [InlineData('\uFEFF', '\uFEFE')]
    [InlineData('\uFFF9', '\uFFF8')]
    [InlineData('\uFFFB', '\uFFFC')]
    public void Sanitize_CharacterThatChangesTheDisplay_IsReplacedAndItsNeighborIsNot(char replaced, char kept)
    {
        string shown = Sanitizer.Sanitize($"a{replaced}b");
        Assert.DoesNotContain(replaced, shown);
        Assert.InRange(shown.Length, 3, 8);
        Assert.Equal($"a{kept}b", Sanitizer.Sanitize($"a{kept}b"));
    }

    [Theory]
    [InlineData("eyJhbGciOi://x", true)]
    [InlineData("cv.pdf", false)]
    [InlineData("C:/cv.pdf", false)]
    public void HasCredentialOrLink_Name_FindsLinks(string name, bool expected) =>
        Assert.Equal(expected, Sanitizer.HasCredentialOrLink(name));

    [Fact]
    public void HasCredentialOrLink_NameWithToken_ReturnsTrue()
    {
        var token = new Secret("v7Qk2mWz9RtL5xNc8JpB");
        Assert.True(Sanitizer.HasCredentialOrLink("/AAYv7Qk2mWz9RtL5xNc8JpB.pdf"));
        GC.KeepAlive(token);
    }

    [Fact]
    public void Sanitize_VeryLongValue_ReturnsItsBeginning()
    {
        Assert.Equal(new string('x', 1000), Sanitizer.Sanitize(new string('x', 1000)));
        Assert.Equal(new string('x', 1000) + "…", Sanitizer.Sanitize(new string('x', 1001)));
        Assert.Equal(new string('x', 10) + "…", Sanitizer.Sanitize(new string('x', 5_000_000), maxLength: 10));

        // A mark is shorter than what it replaces, so more of the text than the limit is read.
        Assert.Equal("https://h/?*** y", Sanitizer.Sanitize($"https://h/?{new string('s', 60)} y", maxLength: 20));
    }

    [Fact]
    public void Sanitize_LoneSurrogates_ReplacesThem()
    {
        Assert.Equal("a\ufffd\ufffdb", Sanitizer.Sanitize("a\udc00\ud83db"));
        Assert.Equal("\ufffd👍\ufffd", Sanitizer.Sanitize("\ud83d👍\udc4d"));
        Assert.Equal("cut \ufffd", Sanitizer.Sanitize("cut \ud83d"));
        Assert.Equal("\ufffd cut", Sanitizer.Sanitize("\udc00 cut"));
    }

    [Fact]
    public void SanitizeServerText_LongText_ReturnsOneLineOfBoundedLength()
    {
        Assert.Equal("a b c", Sanitizer.SanitizeServerText("a\r\nb\t c "));
        Assert.Equal(new string('x', 500), Sanitizer.SanitizeServerText(new string('x', 500)));
        Assert.Equal(new string('x', 500) + "…", Sanitizer.SanitizeServerText(new string('x', 501)));
        Assert.Equal("", Sanitizer.SanitizeServerText(new string(' ', 4000) + "x"));
    }

    [Theory]
    [InlineData("abc👍", 4, "abc…")]
    [InlineData("abc👍", 5, "abc👍")]
    [InlineData("abc👍d", 5, "abc👍…")]
    public void Shorten_CutWithinCharacter_LeavesWholeCharacters(string text, int maxLength, string expected) =>
        Assert.Equal(expected, Sanitizer.Shorten(text, maxLength));
}
