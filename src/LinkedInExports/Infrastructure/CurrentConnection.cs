using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace LinkedInExports.Infrastructure;

/// <summary>
/// The connection of each runspace. Runspaces do not see each other's: what runs in parallel with different accounts must
/// not mix them up.
/// </summary>
internal static class CurrentConnection
{
    private static readonly ConditionalWeakTable<Runspace, Entry> Entries = new();

    /// <summary>
    /// The connection that the environment made without being asked, while the environment still says the same.
    /// </summary>
    internal static LinkedInConnection GetFromEnvironment()
    {
        Entry slot = Entries.GetOrCreateValue(Runspace.DefaultRunspace);
        string environment = ConnectionFactory.EnvironmentHash;
        if (slot.Connection is null || slot.Environment != environment)
        {
            slot.Connection = ConnectionFactory.FromEnvironment(new ConnectionFactory());
            slot.Environment = environment;
        }

        return slot.Connection;
    }

    /// <summary>Whether the current connection is one that a user asked for.</summary>
    internal static bool IsExplicit =>
        Entries.TryGetValue(Runspace.DefaultRunspace, out Entry? slot) && slot is { Connection: not null, Environment: null };

    /// <summary>That of the runspace whose pipeline thread this is; null for none.</summary>
    internal static LinkedInConnection? Current
    {
        get => Entries.TryGetValue(Runspace.DefaultRunspace, out Entry? slot) ? slot.Connection : null;
        set
        {
            Entry slot = Entries.GetOrCreateValue(Runspace.DefaultRunspace);
            slot.Connection = value;
            slot.Environment = null;
        }
    }

    private sealed class Entry
    {
        internal LinkedInConnection? Connection { get; set; }

        /// <summary>
        /// The hash of what the environment said when it made the connection; null for one that a user asked for.
        /// </summary>
        internal string? Environment { get; set; }
    }
}
