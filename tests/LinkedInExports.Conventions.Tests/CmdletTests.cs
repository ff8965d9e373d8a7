using System.Reflection;
using LinkedInExports.Tooling;

namespace LinkedInExports.Conventions.Tests;

/// <summary>Rules for cmdlets.</summary>
public sealed class CmdletTests
{
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
        string[] changing = ["New", "Save", "Send", "Sync", "Remove", "Invoke", "Export"];
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
    public void OutputType_OfCommand_IsDeclared(string name) =>
        Assert.NotEmpty(Cmdlet.Attributes(Command(name).Type, "OutputTypeAttribute"));

    private static Cmdlet Command(string name) => BuiltModule.Commands.Single(command => command.Name == name);
}
