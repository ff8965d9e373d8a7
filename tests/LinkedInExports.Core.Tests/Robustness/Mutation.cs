using System.Text;

namespace LinkedInExports.Core.Tests.Robustness;

/// <summary>
/// One change to a response. Texts hold a byte in each character up to U+00FF; in them <c>${token}</c>, <c>${client}</c>,
/// <c>${refresh}</c>, <c>${proxy}</c> and <c>${link}</c> stand for the secrets of the connection.
/// </summary>
internal abstract record Mutation
{
    internal abstract void Apply(MutableResponse response, PlantedSecrets secrets);

    protected static byte[] Bytes(string text, PlantedSecrets secrets) => Encoding.Latin1.GetBytes(secrets.Fill(text));

    protected static int Part(int of, double fraction) => (int)Math.Clamp(of * fraction, 0, of);
}
