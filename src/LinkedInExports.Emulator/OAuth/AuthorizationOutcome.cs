namespace LinkedInExports.Emulator.OAuth;

/// <summary>Specifies the result of a valid authorization request.</summary>
public enum AuthorizationOutcome
{
    /// <summary>The member agrees: redirects with a code.</summary>
    Approve,

    /// <summary>The member does not sign in: redirects with <c>user_cancelled_login</c>.</summary>
    CancelLogin,

    /// <summary>The member does not agree: redirects with <c>user_cancelled_authorize</c>.</summary>
    CancelAuthorize,

    /// <summary>Redirects with a code and a wrong state, like a forged response.</summary>
    WrongState,
}
