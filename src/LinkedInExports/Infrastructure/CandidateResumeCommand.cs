using System.ComponentModel;
using System.Management.Automation;
using LinkedInExports.Completion;
using LinkedInExports.Core.Urns;

namespace LinkedInExports.Infrastructure;

/// <summary>A command whose input is the records of candidates' resumes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class CandidateResumeCommand : ConnectedCommand
{
    private protected const string RemovalAction = "Remove the resume at LinkedIn";

    [Parameter(Mandatory = true, HelpMessage = ParameterHelp.Shared.IntegrationContext)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(IntegrationContextCompleter))]
    public string IntegrationContext { get; set; } = "";

    [Parameter(HelpMessage = ParameterHelp.Shared.LedgerPath)]
    [ValidateNotNullOrEmpty]
    public string? LedgerPath { get; set; }

    /// <summary>The parsed <see cref="IntegrationContext"/>.</summary>
    /// <remarks>Not in a field, whose type PowerShell would need before the engine is loaded.</remarks>
    private protected OrganizationUrn Organization => OrganizationUrn.Parse(IntegrationContext);

    /// <summary>The full path of <see cref="LedgerPath"/>, or null.</summary>
    private protected string? LedgerFolder { get; private set; }

    private protected override void OnBegin()
    {
        base.OnBegin();
        _ = Organization; // An invalid value ends the command before its input.
        LedgerFolder = LedgerPath is null ? null : FilePaths.ResolveFolder(this, LedgerPath);
        SessionHistory.Current.RememberIntegrationContext(IntegrationContext);
    }
}
