using System.Reflection;
using LinkedInExports.Tooling;

namespace LinkedInExports.Conventions.Tests;

/// <summary>Rules for commands that hold without running them.</summary>
public sealed class CmdletTests
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

    [Fact]
    public void Commands_OfModule_AreFound() => Assert.NotEmpty(BuiltModule.Commands);

    [Theory]
    [MemberData(nameof(Names))]
    public void Verb_OfCommand_IsApproved(string name)
    {
        Assembly powerShell = BuiltModule.Cmdlets.GetType("LinkedInExports.Infrastructure.LinkedInCommand")!.BaseType!.Assembly;
        string[] approved =
        [
            .. powerShell
                .GetExportedTypes()
                .Where(type => type.Name.StartsWith("Verbs", StringComparison.Ordinal))
                .SelectMany(type => type.GetFields())
                .Select(field => (string)field.GetRawConstantValue()!),
        ];
        Assert.Contains(Command(name).Verb, approved);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Noun_OfCommand_IsSingularPascalCase(string name) => Assert.Matches("^[A-Z][A-Za-z]*[^s]$", Command(name).Noun);

    [Theory]
    [MemberData(nameof(Names))]
    public void Class_OfCommand_IsSealedAndNamedAfterCommand(string name)
    {
        Cmdlet command = Command(name);
        Assert.True(command.Type.IsSealed);
        Assert.Equal($"LinkedInExports.Commands.{command.Verb}{command.Noun}Command", command.Type.FullName);
        Assert.True(
            File.Exists(Path.Combine(Repository.Root, "src", "LinkedInExports", "Commands", command.Type.Name + ".cs")),
            "One file each."
        );
    }

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
            // Except what is piped in: by convention InputObject is whatever the command works on.
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
                // Where an empty field of a list is to be an outcome of its own, and not the end of the pipeline.
                bool isAllowed =
                    Cmdlet.Attributes(parameter.Property, "AllowNullAttribute").Any()
                    && Cmdlet.Attributes(parameter.Property, "AllowEmptyStringAttribute").Any();
                bool isChecked = new[] { "ValidateNotNullOrEmptyAttribute", "ValidateSetAttribute" }.Any(check =>
                    Cmdlet.Attributes(parameter.Property, check).Any()
                );
                Assert.True(isAllowed ^ isChecked, parameter.Name);
            }
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void PipelineInput_OfCommand_IsProcessedPerRecord(string name)
    {
        Cmdlet command = Command(name);
        bool takesInput = command.Parameters.Any(parameter => parameter.TakesPipelineValue || parameter.TakesPipelineProperty);
        bool works =
            command.Type.GetMethod("ProcessRecord", BindingFlags.Instance | BindingFlags.NonPublic) is { } method
            && method.DeclaringType!.Assembly == command.Type.Assembly;
        Assert.Equal(takesInput, works);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void CommandsWithRequests_OfModule_AreCancellable(string name)
    {
        string[] instant = ["Get-LinkedInConnection", "Disconnect-LinkedIn"];
        Cmdlet command = Command(name);
        bool stoppable = false;
        for (Type? type = command.Type; type is not null; type = type.BaseType)
            stoppable |= type.FullName == "LinkedInExports.Infrastructure.LinkedInCommand";
        Assert.NotEqual(instant.Contains(name), stoppable);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ShouldProcess_OfCommand_IsSupportedByChangingCommandsOnly(string name)
    {
        string[] changing = ["New", "Save", "Send", "Sync", "Remove", "Invoke"];
        Cmdlet command = Command(name);
        Assert.Equal(changing.Contains(command.Verb), command.SupportsShouldProcess);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ConfirmImpact_OfCommand_IsHighForRemovalOnly(string name)
    {
        const uint High = 3;
        Cmdlet command = Command(name);
        Assert.Equal(command.Verb == "Remove", command.ConfirmImpact == High);
        if (command.ConfirmImpact == High)
            Assert.Contains(command.Parameters, parameter => parameter.Name == "Force");
    }

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
            "Get-CandidateResumeSync",
        ];
        Assert.NotEqual(offline.Contains(name), command.Parameters.Any(parameter => parameter.Name == "Connection"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void OutputType_OfCommand_IsDeclared(string name) =>
        Assert.NotEmpty(Cmdlet.Attributes(Command(name).Type, "OutputTypeAttribute"));

    [Fact]
    public void PublicTypes_OfModule_ExposeNoPackageTypes()
    {
        string[] allowed = ["System", "LinkedInExports", "netstandard", "mscorlib"];
        IEnumerable<Type> seen = BuiltModule
            .Models.GetExportedTypes()
            .SelectMany(type => type.GetProperties().Select(property => property.PropertyType))
            .Concat(
                BuiltModule
                    .Commands.SelectMany(command => command.Parameters)
                    .Select(parameter => parameter.Property.PropertyType)
            );
        Assert.All(
            seen,
            type => Assert.Contains(allowed, name => type.Assembly.GetName().Name!.StartsWith(name, StringComparison.Ordinal))
        );
        Assert.DoesNotContain(seen, type => type.Assembly.GetName().Name == "LinkedInExports.Core");
    }

    [Fact]
    public void Properties_OfModels_UseDateTimeOffsetAndLong() =>
        Assert.All(
            BuiltModule.Models.GetExportedTypes().SelectMany(type => type.GetProperties()),
            property =>
            {
                Assert.NotEqual("System.DateTime", TypeName.ToFullName(property.PropertyType));
                if (property.Name is "Length" or "RowCount" or "JobId")
                    Assert.Equal("System.Int64", TypeName.ToFullName(property.PropertyType));
            }
        );

    [Fact]
    public void PublicTypes_OfModule_DoNotNeedEngine() =>
        Assert.All(
            BuiltModule.Cmdlets.GetExportedTypes(),
            type =>
            {
                for (Type? current = type; current is not null; current = current.BaseType)
                    Assert.NotEqual("LinkedInExports.Core", current.Assembly.GetName().Name);
                Assert.DoesNotContain(
                    type.GetInterfaces(),
                    implemented => implemented.Assembly.GetName().Name == "LinkedInExports.Core"
                );

                // The size of a struct has to be known before the type that holds it can be loaded.
                Assert.DoesNotContain(
                    type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static),
                    field => Structs(field.FieldType).Any(held => held.Assembly.GetName().Name == "LinkedInExports.Core")
                );
            }
        );

    private static Type Item(Type type) =>
        type.IsArray ? type.GetElementType()!
        : type.GenericTypeArguments is [var optional] ? optional
        : type;

    private static IEnumerable<Type> Structs(Type type) =>
        type.IsValueType ? type.GenericTypeArguments.SelectMany(Structs).Append(type) : [];

    private static Cmdlet Command(string name) => BuiltModule.Commands.Single(command => command.Name == name);
}
