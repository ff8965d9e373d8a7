using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Batches;

namespace LinkedInExports.Core.Tests.Resumes.Batches;

/// <summary>Keys in requests, and in responses with another order and encoding.</summary>
public sealed class ResumeKeyEncoderTests
{
    /// <summary>Characters with a meaning in queries, Rest.li, JSON or URLs, and characters that are not ASCII.</summary>
    private static readonly string[] Pieces =
    [
        .. "&=%+ ~*(),'\":;/?#[]@!$\\<>{}|^`._-".Select(character => character.ToString()),
        "a",
        "Z",
        "7",
        "ü",
        "ß",
        "é",
        "日本",
        "א",
        "\u00A0",
        "\u200F",
        "\u2028",
        "\uFFFD",
        "\uFFFE",
        "😀",
        "👩‍💻",
        "%41",
        "%2B",
        "''",
        "List(",
        "ids[0].",
    ];

    private static readonly string[] HostileIds =
    [
        "a&b=c",
        "100%",
        "%41",
        "%zz",
        "a+b c",
        "~tilde*star",
        "(a,b:c)",
        "''",
        "'",
        "\"quoted\"",
        "a,b",
        "back\\slash",
        "é",
        "日本語",
        "😀",
        "{}[]",
        "&",
        "=",
        "+",
        "%",
        " padded ",
        "a/b?c#d",
        "a\u00A0b",
        "tcrmResumeId=x",
        "LinkedInExports-1",
        "a;b",
        "<b>",
        "a\u2028b",
    ];

    public static TheoryData<RestLiProtocol> Protocols => [RestLiProtocol.V1, RestLiProtocol.V2];

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Parse_EncodedKey_ReturnsSameKey(RestLiProtocol protocol)
    {
        ResumeKeyEncoder form = ResumeKeyEncoder.Create(protocol);
        Gen<string> id = Gen.Elements(Pieces)
            .NonEmptyListOf()
            .Select(string.Concat)
            .Where(text => ResumeKey.Validate("Id", text) is null);
        Gen<Case> cases =
            from candidate in id
            from resume in id
            from organization in Gen.Choose(1, int.MaxValue)
            from seed in Gen.Choose(0, int.MaxValue)
            select new Case(new ResumeKey($"urn:li:organization:{organization}", candidate, resume), seed);
        Prop.ForAll(
                cases.ToArbitrary(),
                one => form.Parse(one.Written(protocol)) == one.Key && form.Parse(form.EncodeEntityKey(one.Key)) == one.Key
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Theory]
    [InlineData(
        RestLiProtocol.V1,
        "1.0.0",
        "ids%5B0%5D.tcrmCandidateId=a%3A%28b%29&ids%5B0%5D.integrationContext=urn:li:organization:1"
            + "&ids%5B0%5D.dataProvider=PARTNER&ids%5B0%5D.tcrmResumeId=%2B"
            + "&ids%5B1%5D.tcrmCandidateId=2&ids%5B1%5D.integrationContext=urn:li:organization:1"
            + "&ids%5B1%5D.dataProvider=PARTNER&ids%5B1%5D.tcrmResumeId=%C3%BC",
        "tcrmCandidateId=a:%28b%29&dataProvider=PARTNER&integrationContext=urn:li:organization:1&tcrmResumeId=%2B"
    )]
    [InlineData(
        RestLiProtocol.V2,
        "2.0.0",
        "ids=List("
            + "(dataProvider:PARTNER,integrationContext:urn%3Ali%3Aorganization%3A1,tcrmCandidateId:a%3A%28b%29,tcrmResumeId:%2B)"
            + ",(dataProvider:PARTNER,integrationContext:urn%3Ali%3Aorganization%3A1,tcrmCandidateId:2,tcrmResumeId:%C3%BC))",
        "(dataProvider:PARTNER,integrationContext:urn%3Ali%3Aorganization%3A1,tcrmCandidateId:a%3A%28b%29,tcrmResumeId:+)"
    )]
    public void Encode_Keys_WritesTheFormOfTheProtocol(RestLiProtocol protocol, string version, string query, string entity)
    {
        var form = ResumeKeyEncoder.Create(protocol);
        var key = new ResumeKey("urn:li:organization:1", "a:(b)", "+");
        Assert.Equal(version, form.Protocol);
        Assert.Equal(query, form.EncodeQuery([key, new ResumeKey("urn:li:organization:1", "2", "ü")]));
        Assert.Equal(entity, form.EncodeEntityKey(key));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task SyncAsync_HostileIds_RoundTrip(RestLiProtocol protocol)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        string blob = fixture.AddBlob();
        LinkedInClient client = fixture.Connect(protocol: protocol);
        ResumeInput[] inputs =
        [
            .. HostileIds.Select(
                (id, index) =>
                    new ResumeInput
                    {
                        CandidateId = id,
                        ResumeId = HostileIds[^(index + 1)],
                        CreatedAt = ResumeSyncFixture.CreatedAt + index,
                        ResumeFile = blob,
                    }
            ),
        ];

        // First some in queries, then all of them in a tunneled query.
        foreach (int batchSize in new[] { 7, 100 })
        {
            ResumeSyncResult[] results = await fixture.SyncAsync(
                inputs,
                fixture.Options(batchSize, ledger: fixture.Folder.File($"{batchSize}")),
                client
            );
            Assert.All(results, result => Assert.Equal((ResumeSyncOutcome.Synced, 204), (result.Outcome, result.StatusCode)));
            Assert.Empty(fixture.Recorder.Warnings);
        }

        Assert.Equal(HostileIds.Length, fixture.Emulator.ResumeCount);
        Assert.All(
            inputs,
            input =>
                Assert.Equal(
                    (long)input.CreatedAt!,
                    fixture.Emulator.FindResume(input.CandidateId!, input.ResumeId!, ResumeSyncFixture.Organization)!.CreatedAt
                )
        );

        ResumeSyncResult[] removed = await fixture.RemoveAsync(
            [.. inputs.Select(input => ResumeSyncFixture.Key(input.CandidateId!, input.ResumeId))],
            client
        );
        Assert.All(removed, result => Assert.Equal((ResumeSyncOutcome.Removed, 204), (result.Outcome, result.StatusCode)));
        Assert.Equal(0, fixture.Emulator.ResumeCount);
        Assert.Empty(fixture.Recorder.Warnings);
    }

    [Theory]
    [InlineData("")]
    [InlineData("tcrmCandidateId")]
    [InlineData("tcrmCandidateId=1&tcrmResumeId=2&integrationContext=urn:li:organization:1")]
    [InlineData(
        "tcrmCandidateId=1&tcrmCandidateId=1&tcrmResumeId=2&integrationContext=urn:li:organization:1&dataProvider=PARTNER"
    )]
    [InlineData("tcrmCandidateId=1&tcrmResumeId=2&integrationContext=urn:li:organization:1&dataProvider=PARTNER&more=x")]
    [InlineData("tcrmCandidateId=1&tcrmResumeId=2&integrationContext=urn:li:organization:1&dataProvider=partner")]
    [InlineData("(dataProvider:PARTNER,integrationContext:urn%3Ali%3Aorganization%3A1,tcrmCandidateId:1,tcrmResumeId:2)")]
    public void Parse_InvalidProtocol1Key_ReturnsNull(string text) =>
        Assert.Null(ResumeKeyEncoder.Create(RestLiProtocol.V1).Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("(")]
    [InlineData("()")]
    [InlineData("(dataProvider:PARTNER,integrationContext:urn%3Ali%3Aorganization%3A1,tcrmCandidateId:1)")]
    [InlineData(
        "(dataProvider:PARTNER,dataProvider:PARTNER,integrationContext:urn%3Ali%3Aorganization%3A1,tcrmCandidateId:1,tcrmResumeId:2)"
    )]
    [InlineData("(dataProvider:PARTNER,integrationContext:urn%3Ali%3Aorganization%3A1,tcrmCandidateId:1,tcrmResumeId:2")]
    [InlineData("tcrmCandidateId=1&tcrmResumeId=2&integrationContext=urn:li:organization:1&dataProvider=PARTNER")]
    public void Parse_InvalidProtocol2Key_ReturnsNull(string text) =>
        Assert.Null(ResumeKeyEncoder.Create(RestLiProtocol.V2).Parse(text));

    [Fact]
    public void Parse_PlusInProtocol2_IsLiteral() =>
        Assert.Equal(
            "a+b",
            ResumeKeyEncoder
                .Create(RestLiProtocol.V2)
                .Parse("(dataProvider:PARTNER,integrationContext:urn%3Ali%3Aorganization%3A1,tcrmCandidateId:a+b,tcrmResumeId:2)")
                ?.CandidateId
        );

    [Theory]
    [InlineData("", "2", false)]
    [InlineData(" \t", "2", false)]
    [InlineData("1", "a\nb", false)]
    [InlineData("1", "a\0", false)]
    [InlineData("1\u0085", "2", false)]
    [InlineData("😀", " 2 ", true)]
    public void Validate_IdsThatCannotBeSent_ReturnsError(string candidate, string resume, bool isValid) =>
        Assert.Equal(
            isValid,
            ResumeKey.Validate("CandidateId", candidate) is null && ResumeKey.Validate("ResumeId", resume) is null
        );

    [Fact]
    public void Validate_LoneSurrogate_ReturnsError()
    {
        // Not the data of a theory, because metadata can't store lone surrogates.
        foreach (string id in new[] { "\uD83D", "a\uDE00", "\uDE00\uD83D", "\uD83D\uD83D\uDE00" })
            Assert.NotNull(ResumeKey.Validate("CandidateId", id));
    }

    /// <summary>Writes a key in one of the forms that a server may use.</summary>
    private sealed record Case(ResumeKey Key, int Seed)
    {
        internal string Written(RestLiProtocol protocol)
        {
            var chance = new Random(Seed);
            (string Name, string Value)[] parts =
            [
                ("dataProvider", "PARTNER"),
                ("integrationContext", Key.IntegrationContext),
                ("tcrmCandidateId", Key.CandidateId),
                ("tcrmResumeId", Key.ResumeId),
            ];
            chance.Shuffle(parts);
            return protocol == RestLiProtocol.V1
                ? Join('&', '=', value => Encode(value, "&=%+", chance, hasPlus: true))
                : $"({Join(',', ':', value => Encode(value, ",()':%", chance, hasPlus: false))})";

            string Join(char separator, char equals, Func<string, string> encode) =>
                string.Join(separator, parts.Select(part => part.Name + equals + encode(part.Value)));
        }

        /// <summary>Encodes the reserved characters and some of the others, in hexadecimal digits of either case.</summary>
        private static string Encode(string value, string reserved, Random chance, bool hasPlus)
        {
            var text = new StringBuilder();
            foreach (Rune rune in value.EnumerateRunes())
            {
                string plain = rune.ToString();
                if (hasPlus && plain == " " && chance.Next(2) == 0)
                {
                    text.Append('+');
                }
                else if (reserved.Contains(plain, StringComparison.Ordinal) || chance.Next(2) == 0)
                {
                    text.Append(
                        string.Concat(
                            Encoding.UTF8.GetBytes(plain).Select(unit => chance.Next(2) == 0 ? $"%{unit:X2}" : $"%{unit:x2}")
                        )
                    );
                }
                else
                {
                    text.Append(plain);
                }
            }

            return text.ToString();
        }
    }
}
