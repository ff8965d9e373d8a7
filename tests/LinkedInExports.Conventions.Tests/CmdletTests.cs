using System.Reflection;
using LinkedInExports.Tooling;

namespace LinkedInExports.Conventions.Tests;

/// <summary>Rules for commands that hold without running them. Numbers are those of the field's checklist.</summary>
public sealed class CmdletTests
{
    private static readonly string[] ReservedParameters =
    [
        "Confirm", "Debug", "ErrorAction", "ErrorVariable", "InformationAction", "InformationVariable", "OutBuffer", "OutVariable",
        "PipelineVariable", "ProgressAction", "Verbose", "WarningAction", "WarningVariable", "WhatIf",
    ];

    public static TheoryData<string> Names => [.. BuiltModule.Commands.Select(command => command.Name)];

    [Fact]
    public void There_are_commands() => Assert.NotEmpty(BuiltModule.Commands);

    [Theory]
    [MemberData(nameof(Names))]
    public void C1_verbs_are_approved(string name)
    {
        Assembly powerShell = BuiltModule.Cmdlets.GetType("LinkedInExports.Infrastructure.LinkedInCommand")!.BaseType!.Assembly;
        string[] approved =
        [
            .. powerShell.GetExportedTypes().Where(type => type.Name.StartsWith("Verbs", StringComparison.Ordinal))
                .SelectMany(type => type.GetFields()).Select(field => (string)field.GetRawConstantValue()!),
        ];
        Assert.Contains(Command(name).Verb, approved);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void C2_nouns_are_singular_and_Pascal_case(string name) => Assert.Matches("^[A-Z][A-Za-z]*[^s]$", Command(name).Noun);

    [Theory]
    [MemberData(nameof(Names))]
    public void C3_classes_are_sealed_and_named_after_their_command(string name)
    {
        Cmdlet command = Command(name);
        Assert.True(command.Type.IsSealed);
        Assert.Equal($"LinkedInExports.Commands.{command.Verb}{command.Noun}Command", command.Type.FullName);
        Assert.True(File.Exists(Path.Combine(Repository.Root, "src", "LinkedInExports", "Commands", command.Type.Name + ".cs")), "One file each.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void C5_nothing_is_called_Resume_but_resumes(string name)
    {
        Assert.NotEqual("Resume", Command(name).Verb);
        Assert.DoesNotContain(Command(name).Parameters, parameter => parameter.Name.StartsWith("Resume", StringComparison.Ordinal) && parameter.Property.PropertyType.Name == "SwitchParameter");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void C7_parameters_are_Pascal_case_and_not_reserved(string name) =>
        Assert.All(Command(name).Parameters, parameter =>
        {
            Assert.Matches("^[A-Z][A-Za-z]*$", parameter.Name);
            Assert.DoesNotContain(parameter.Name, ReservedParameters);
        });

    [Theory]
    [MemberData(nameof(Names))]
    public void C8_parameters_have_PowerShells_names_where_it_has_one(string name) =>
        Assert.DoesNotContain(
            Command(name).Parameters,
            parameter => new[] { "File", "FileName", "FilePath", "Folder", "Directory", "OutFile", "Url", "Uri", "Overwrite", "Parallel", "MaxConcurrency", "Credentials", "Quiet" }.Contains(parameter.Name));

    [Fact]
    public void C9_a_parameter_has_the_same_type_in_every_command_or_takes_several_of_it() =>
        Assert.All(
            // Except what is piped in: by convention InputObject is whatever the command works on.
            BuiltModule.Commands.SelectMany(command => command.Parameters).Where(parameter => parameter.Name != "InputObject").GroupBy(parameter => parameter.Name),
            group => Assert.Single(group.Select(parameter => Item(parameter.Property.PropertyType).FullName).Distinct()));

    [Theory]
    [MemberData(nameof(Names))]
    public void C10_there_are_no_bool_parameters(string name) =>
        Assert.DoesNotContain(Command(name).Parameters, parameter => parameter.Property.PropertyType.FullName == "System.Boolean");

    [Theory]
    [MemberData(nameof(Names))]
    public void C10_addresses_are_addresses_and_times_are_times(string name)
    {
        Assert.All(
            Command(name).Parameters.Where(parameter => parameter.Name.EndsWith("Uri", StringComparison.Ordinal) || parameter.Name == "Proxy"),
            parameter => Assert.Equal("System.Uri", parameter.Property.PropertyType.FullName));
        Assert.All(
            Command(name).Parameters.Where(parameter => new[] { "Timeout", "Interval" }.Any(parameter.Name.EndsWith)),
            parameter => Assert.Equal("System.TimeSpan", TypeName.ToFullName(parameter.Property.PropertyType)));
        Assert.All(
            // A time span has no months and no years.
            Command(name).Parameters.Where(parameter => parameter.Name == "RetainFor"),
            parameter => Assert.Equal("LinkedInExports.RetentionPeriod", TypeName.ToFullName(parameter.Property.PropertyType)));
        Assert.All(
            Command(name).Parameters.Where(parameter => parameter.Name.EndsWith("At", StringComparison.Ordinal) && TypeName.ToFullName(parameter.Property.PropertyType) != "System.Object"),
            parameter => Assert.Equal("System.DateTimeOffset", TypeName.ToFullName(parameter.Property.PropertyType)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void C11_secrets_are_not_strings(string name) =>
        Assert.All(
            Command(name).Parameters.Where(parameter => new[] { "Token", "Secret", "Password", "Credential" }.Any(parameter.Name.EndsWith)),
            parameter => Assert.Contains(parameter.Property.PropertyType.Name, new[] { "SecureString", "PSCredential" }));

    [Theory]
    [MemberData(nameof(Names))]
    public void C12_paths_with_wildcards_come_with_literal_ones(string name)
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
    public void C13_a_parameter_set_has_at_most_one_pipeline_value_and_the_default_exists(string name)
    {
        Cmdlet command = Command(name);
        Assert.All(
            command.Parameters.Where(parameter => parameter.TakesPipelineValue).GroupBy(parameter => parameter.Set),
            set => Assert.Single(set));
        if (command.Parameters.Select(parameter => parameter.Set).Distinct().Any(set => set != "__AllParameterSets"))
            Assert.Contains(command.DefaultParameterSet, command.Parameters.Select(parameter => parameter.Set));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void C15_strings_and_arrays_are_not_empty_unless_that_is_said(string name) =>
        Assert.All(
            Command(name).Parameters.Where(parameter => parameter.Property.PropertyType is { IsArray: true } or { FullName: "System.String" }),
            parameter =>
            {
                // Where an empty field of a list is to be an outcome of its own, and not the end of the pipeline.
                bool isAllowed = Cmdlet.Attributes(parameter.Property, "AllowNullAttribute").Any() && Cmdlet.Attributes(parameter.Property, "AllowEmptyStringAttribute").Any();
                bool isChecked = new[] { "ValidateNotNullOrEmptyAttribute", "ValidateSetAttribute" }.Any(check => Cmdlet.Attributes(parameter.Property, check).Any());
                Assert.True(isAllowed ^ isChecked, parameter.Name);
            });

    [Theory]
    [MemberData(nameof(Names))]
    public void C19_commands_that_take_pipeline_input_work_on_it_as_it_comes(string name)
    {
        Cmdlet command = Command(name);
        bool takesInput = command.Parameters.Any(parameter => parameter.TakesPipelineValue || parameter.TakesPipelineProperty);
        bool works = command.Type.GetMethod("ProcessRecord", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) is not null;
        Assert.Equal(takesInput, works);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void C21_commands_that_talk_or_read_can_be_stopped(string name)
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
    public void C29_commands_that_change_something_ask_ShouldProcess_and_readers_do_not(string name)
    {
        string[] changing = ["New", "Save", "Send", "Sync", "Remove", "Invoke"];
        Cmdlet command = Command(name);
        Assert.Equal(changing.Contains(command.Verb), command.SupportsShouldProcess);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void C32_only_what_cannot_be_undone_asks_by_itself_and_can_be_told_not_to(string name)
    {
        const uint High = 3;
        Cmdlet command = Command(name);
        Assert.Equal(command.Verb == "Remove", command.ConfirmImpact == High);
        if (command.ConfirmImpact == High)
            Assert.Contains(command.Parameters, parameter => parameter.Name == "Force");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void C98_a_command_that_talks_to_LinkedIn_can_be_given_its_connection(string name)
    {
        Cmdlet command = Command(name);
        string[] offline = ["Connect-LinkedIn", "Get-LinkedInConnection", "Import-ExportFile", "Test-ExportFile", "Compare-ExportFile", "New-ExportReport", "Get-CandidateResumeSync"];
        Assert.NotEqual(offline.Contains(name), command.Parameters.Any(parameter => parameter.Name == "Connection"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void C36_commands_declare_what_they_output(string name) =>
        Assert.NotEmpty(Cmdlet.Attributes(Command(name).Type, "OutputTypeAttribute"));

    [Fact]
    public void C37_what_users_see_mentions_no_package()
    {
        string[] allowed = ["System", "LinkedInExports", "netstandard", "mscorlib"];
        IEnumerable<Type> seen = BuiltModule.Models.GetExportedTypes()
            .SelectMany(type => type.GetProperties().Select(property => property.PropertyType))
            .Concat(BuiltModule.Commands.SelectMany(command => command.Parameters).Select(parameter => parameter.Property.PropertyType));
        Assert.All(seen, type => Assert.Contains(allowed, name => type.Assembly.GetName().Name!.StartsWith(name, StringComparison.Ordinal)));
        Assert.DoesNotContain(seen, type => type.Assembly.GetName().Name == "LinkedInExports.Core");
    }

    [Fact]
    public void C42_times_have_an_offset_and_sizes_are_long() =>
        Assert.All(BuiltModule.Models.GetExportedTypes().SelectMany(type => type.GetProperties()), property =>
        {
            Assert.NotEqual("System.DateTime", TypeName.ToFullName(property.PropertyType));
            if (property.Name is "Length" or "RowCount" or "JobId")
                Assert.Equal("System.Int64", TypeName.ToFullName(property.PropertyType));
        });

    [Fact]
    public void A10_no_public_type_needs_the_engine_to_be_loaded() =>
        Assert.All(BuiltModule.Cmdlets.GetExportedTypes(), type =>
        {
            for (Type? current = type; current is not null; current = current.BaseType)
                Assert.NotEqual("LinkedInExports.Core", current.Assembly.GetName().Name);
            Assert.DoesNotContain(type.GetInterfaces(), implemented => implemented.Assembly.GetName().Name == "LinkedInExports.Core");

            // The size of a struct has to be known before the type that holds it can be loaded.
            Assert.DoesNotContain(
                type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static),
                field => Structs(field.FieldType).Any(held => held.Assembly.GetName().Name == "LinkedInExports.Core"));
        });

    private static Type Item(Type type) =>
        type.IsArray ? type.GetElementType()! : type.GenericTypeArguments is [var optional] ? optional : type;

    private static IEnumerable<Type> Structs(Type type) =>
        type.IsValueType ? type.GenericTypeArguments.SelectMany(Structs).Append(type) : [];

    private static Cmdlet Command(string name) => BuiltModule.Commands.Single(command => command.Name == name);
}
