namespace LinkedInExports.Conventions.Tests;

/// <summary>Rules for parameters.</summary>
public sealed class CmdletParameterTests
{
    private static readonly string[] ReservedParameters =
    [
        "Confirm",
        "Debug",
        "ErrorAction",
        "ErrorVariable",
        "InformationAction",
        "InformationVariable",
        "OutBuffer",
        "OutVariable",
        "PipelineVariable",
        "ProgressAction",
        "Verbose",
        "WarningAction",
        "WarningVariable",
        "WhatIf",
    ];

    public static TheoryData<string> Names => [.. BuiltModule.Commands.Select(command => command.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Parameters_OfCommand_UseResumeOnlyForResumes(string name)
    {
        Assert.NotEqual("Resume", Command(name).Verb);
        Assert.DoesNotContain(
            Command(name).Parameters,
            parameter =>
                parameter.Name.StartsWith("Resume", StringComparison.Ordinal)
                && parameter.Property.PropertyType.Name == "SwitchParameter"
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ParameterNames_OfCommand_ArePascalCaseAndNotReserved(string name) =>
        Assert.All(
            Command(name).Parameters,
            parameter =>
            {
                Assert.Matches("^[A-Z][A-Za-z]*$", parameter.Name);
                Assert.DoesNotContain(parameter.Name, ReservedParameters);
            }
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void ParameterNames_OfCommand_FollowPowerShellNames(string name) =>
        Assert.DoesNotContain(
            Command(name).Parameters,
            parameter =>
                new[]
                {
                    "File",
                    "FileName",
                    "FilePath",
                    "Folder",
                    "Directory",
                    "OutFile",
                    "Url",
                    "Uri",
                    "Overwrite",
                    "Parallel",
                    "MaxConcurrency",
                    "Credentials",
                    "Quiet",
                }.Contains(parameter.Name)
        );

    [Fact]
    public void ParameterTypes_AcrossCommands_AreConsistent() =>
        Assert.All(
            // Except pipeline input: by convention, InputObject has the type that the cmdlet processes.
            BuiltModule
                .Commands.SelectMany(command => command.Parameters)
                .Where(parameter => parameter.Name != "InputObject")
                .GroupBy(parameter => parameter.Name),
            group => Assert.Single(group.Select(parameter => Item(parameter.Property.PropertyType).FullName).Distinct())
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void Parameters_OfCommand_AreNotBool(string name) =>
        Assert.DoesNotContain(
            Command(name).Parameters,
            parameter => parameter.Property.PropertyType.FullName == "System.Boolean"
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void ParameterTypes_OfUrisAndTimes_AreUriAndDateTimeOffset(string name)
    {
        Assert.All(
            Command(name)
                .Parameters.Where(parameter =>
                    parameter.Name.EndsWith("Uri", StringComparison.Ordinal) || parameter.Name == "Proxy"
                ),
            parameter => Assert.Equal("System.Uri", parameter.Property.PropertyType.FullName)
        );
        Assert.All(
            Command(name).Parameters.Where(parameter => new[] { "Timeout", "Interval" }.Any(parameter.Name.EndsWith)),
            parameter => Assert.Equal("System.TimeSpan", TypeName.ToFullName(parameter.Property.PropertyType))
        );
        Assert.All(
            // A time span has no months and no years.
            Command(name).Parameters.Where(parameter => parameter.Name == "RetainFor"),
            parameter => Assert.Equal("LinkedInExports.RetentionPeriod", TypeName.ToFullName(parameter.Property.PropertyType))
        );
        Assert.All(
            Command(name)
                .Parameters.Where(parameter =>
                    parameter.Name.EndsWith("At", StringComparison.Ordinal)
                    && TypeName.ToFullName(parameter.Property.PropertyType) != "System.Object"
                ),
            parameter => Assert.Equal("System.DateTimeOffset", TypeName.ToFullName(parameter.Property.PropertyType))
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ParameterTypes_OfSecrets_AreNotString(string name) =>
        Assert.All(
            Command(name)
                .Parameters.Where(parameter =>
                    new[] { "Token", "Secret", "Password", "Credential" }.Any(parameter.Name.EndsWith)
                ),
            parameter => Assert.Contains(parameter.Property.PropertyType.Name, new[] { "SecureString", "PSCredential" })
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void PathParameters_WithWildcards_ComeWithLiteralPath(string name)
    {
        IReadOnlyList<CmdletParameter> parameters = CmdletParameter.GetAll(Command(name));
        bool hasWildcards = parameters.Any(parameter => parameter is { Name: "Path", SupportsWildcards: true });
        CmdletParameter? literal = parameters.SingleOrDefault(parameter => parameter.Name == "LiteralPath");
        Assert.Equal(hasWildcards, literal is not null);
        if (literal is null)
            return;

        Assert.Contains("PSPath", literal.Aliases);
        Assert.False(literal.SupportsWildcards);
        bool bindsByName = parameters.Single(parameter => parameter.Name == "Path").Sets.Any(set => set.TakesPipelineProperty);
        Assert.All(literal.Sets, set => Assert.Equal(bindsByName, set.TakesPipelineProperty));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ParameterSets_OfCommand_HaveOnePipelineValueAndExistingDefault(string name)
    {
        Cmdlet command = Command(name);
        Assert.All(
            command.Parameters.Where(parameter => parameter.TakesPipelineValue).GroupBy(parameter => parameter.Set),
            set => Assert.Single(set)
        );
        if (command.Parameters.Select(parameter => parameter.Set).Distinct().Any(set => set != "__AllParameterSets"))
            Assert.Contains(command.DefaultParameterSet, command.Parameters.Select(parameter => parameter.Set));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void StringAndArrayParameters_OfCommand_RejectEmptyValues(string name) =>
        Assert.All(
            Command(name)
                .Parameters.Where(parameter =>
                    parameter.Property.PropertyType is { IsArray: true } or { FullName: "System.String" }
                ),
            parameter =>
            {
                // An empty field of a list is an outcome of that record, and doesn't end the pipeline. An empty array of input is
                // a heartbeat of the command before.
                bool isAllowed =
                    (
                        Cmdlet.Attributes(parameter.Property, "AllowNullAttribute").Any()
                        && Cmdlet.Attributes(parameter.Property, "AllowEmptyStringAttribute").Any()
                    ) || Cmdlet.Attributes(parameter.Property, "AllowEmptyCollectionAttribute").Any();
                bool isChecked = new[] { "ValidateNotNullOrEmptyAttribute", "ValidateSetAttribute" }.Any(check =>
                    Cmdlet.Attributes(parameter.Property, check).Any()
                );
                Assert.True(isAllowed ^ isChecked, parameter.Name);
            }
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void Connection_OfOnlineCommand_IsParameter(string name)
    {
        Cmdlet command = Command(name);
        string[] offline =
        [
            "Connect-LinkedIn",
            "Get-LinkedInConnection",
            "Import-ExportFile",
            "Test-ExportFile",
            "Compare-ExportFile",
            "New-ExportReport",
            "Export-LinkedInCsv",
            "Get-CandidateResumeSync",
        ];
        Assert.NotEqual(offline.Contains(name), command.Parameters.Any(parameter => parameter.Name == "Connection"));
    }

    private static Type Item(Type type) =>
        type.IsArray ? type.GetElementType()!
        : type.GenericTypeArguments is [var optional] ? optional
        : type;

    private static Cmdlet Command(string name) => BuiltModule.Commands.Single(command => command.Name == name);
}
