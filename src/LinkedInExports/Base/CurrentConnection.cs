using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace LinkedInExports.Base;

/// <summary>
/// The connection of each runspace. Runspaces do not see each other's: what runs in parallel with different accounts must
/// not mix them up.
/// </summary>
internal static class CurrentConnection
{
    private static readonly ConditionalWeakTable<Runspace, Slot> Slots = new();

    /// <summary>That of the runspace whose pipeline thread this is; null for none.</summary>
    internal static LinkedInConnection? Value
    {
        get => Slots.TryGetValue(Runspace.DefaultRunspace, out Slot? slot) ? slot.Connection : null;
        set => Slots.GetOrCreateValue(Runspace.DefaultRunspace).Connection = value;
    }

    private sealed class Slot
    {
        internal LinkedInConnection? Connection { get; set; }
    }
}
