namespace LinkedInExports.Emulator.OAuth;

/// <summary>What becomes of an authorization request that has nothing wrong with it.</summary>
public enum AuthorizationOutcome
{
    /// <summary>The member agrees at once: back with a code.</summary>
    Approve,

    /// <summary>The member does not sign in: back with <c>user_cancelled_login</c>.</summary>
    CancelLogin,

    /// <summary>The member does not agree: back with <c>user_cancelled_authorize</c>.</summary>
    CancelAuthorize,

    /// <summary>Back with a code and a state that nobody asked for, as a forged answer would be.</summary>
    WrongState,
}
