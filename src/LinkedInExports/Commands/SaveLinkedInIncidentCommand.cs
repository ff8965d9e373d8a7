using System.Management.Automation;
using LinkedInExports.Core.IO;
using LinkedInExports.Infrastructure;

namespace LinkedInExports.Commands;

/// <summary>Writes the newest requests and responses of a connection to a file, without their data.</summary>
[Cmdlet(VerbsData.Save, "LinkedInIncident", SupportsShouldProcess = true, HelpUri = HelpLinks.SaveLinkedInIncident)]
[OutputType(typeof(FileInfo))]
public sealed class SaveLinkedInIncidentCommand : ConnectedCommand
{
    [Parameter(Mandatory = true, Position = 0, HelpMessage = ParameterHelp.SaveLinkedInIncident.Path)]
    [Alias("LiteralPath", "LP", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    [Parameter(HelpMessage = ParameterHelp.SaveLinkedInIncident.NoClobber)]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    [Parameter(HelpMessage = ParameterHelp.SaveLinkedInIncident.PassThru)]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The command sends no requests, and its own errors do not replace the one to be saved.</summary>
    private protected override bool IsRecorded => false;

    private protected override void OnEnd()
    {
        RunOrTerminate(() =>
        {
            string path = FilePaths.ResolveFile(this, Path);
            if (NoClobber)
                OutputFile.EnsureNew(path);
            if (!ShouldProcess(path, "Write an incident"))
                return;
            if (Client.Incidents.IsEmpty)
                WriteWarning("The connection has not sent any requests yet, so the incident has none.");
            Client.Incidents.Save(path, CommandIncident.GetVersions(this));
            if (PassThru)
                WriteObject(InvokeProvider.Item.Get([path], force: true, literalPath: true), enumerateCollection: true);
        });
    }
}
