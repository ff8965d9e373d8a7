using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace LinkedInExports.Conventions.Tests.Metadata;

/// <summary>The assemblies of a host, in which references are resolved as the runtime does.</summary>
internal sealed class AssemblySet : IDisposable
{
    private readonly List<PEReader> _files = [];
    private readonly Dictionary<string, Dictionary<string, TypeLocation>> _types = new(StringComparer.OrdinalIgnoreCase);

    internal AssemblySet(IEnumerable<string> paths)
    {
        foreach (string path in paths)
        {
            var file = new PEReader(File.OpenRead(path));
            _files.Add(file);
            if (file.HasMetadata && file.GetMetadataReader() is { IsAssembly: true } metadata)
                _types[metadata.GetString(metadata.GetAssemblyDefinition().Name)] = ReadTypes(metadata);
        }
    }

    public void Dispose() => _files.ForEach(file => file.Dispose());

    /// <summary>Gets the references of an assembly that cannot be resolved.</summary>
    /// <param name="path">The assembly.</param>
    /// <param name="provided">The name of an assembly that the host provides and that is not in the set.</param>
    internal (int Count, List<string> Missing) Resolve(string path, string provided)
    {
        using var file = new PEReader(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        var missing = new List<string>();
        foreach (TypeReferenceHandle handle in metadata.TypeReferences)
        {
            if (GetAssembly(metadata, handle) is { } assembly && assembly != provided && Find(metadata, handle) is null)
                missing.Add($"{assembly}: {SignatureNames.GetName(metadata, handle)}");
        }

        foreach (MemberReference member in metadata.MemberReferences.Select(metadata.GetMemberReference))
        {
            // A missing type was reported already.
            if (GetParent(metadata, member.Parent) is not { } parent || Find(metadata, parent) is not { } type)
                continue;
            string signature = GetSignature(metadata, member);
            string name = metadata.GetString(member.Name);
            if (!HasMember(type, name + signature))
                missing.Add($"{SignatureNames.GetName(metadata, parent)}.{name}{signature}");
        }

        return (metadata.TypeReferences.Count + metadata.GetTableRowCount(TableIndex.MemberRef), missing);
    }

    private static Dictionary<string, TypeLocation> ReadTypes(MetadataReader metadata)
    {
        var types = metadata.TypeDefinitions.ToDictionary(
            handle => SignatureNames.GetName(metadata, handle),
            handle => new TypeLocation(metadata, handle, null)
        );
        foreach (ExportedType type in metadata.ExportedTypes.Select(metadata.GetExportedType))
        {
            // Nested types are found with their outermost type.
            if (type.Implementation.Kind != HandleKind.AssemblyReference)
                continue;
            AssemblyReference target = metadata.GetAssemblyReference((AssemblyReferenceHandle)type.Implementation);
            types[$"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}"] = new TypeLocation(
                metadata,
                default,
                metadata.GetString(target.Name)
            );
        }

        return types;
    }

    private TypeLocation? Find(MetadataReader metadata, TypeReferenceHandle handle) =>
        GetAssembly(metadata, handle) is { } assembly ? Find(assembly, SignatureNames.GetName(metadata, handle)) : null;

    private TypeLocation? Find(string assembly, string name)
    {
        if (!_types.TryGetValue(assembly, out Dictionary<string, TypeLocation>? types))
            return null;
        if (types.TryGetValue(name, out TypeLocation? type))
            return type.ForwardedTo is { } target ? Find(target, name) : type;
        return types.TryGetValue(name.Split('/')[0], out TypeLocation? outer) && outer.ForwardedTo is { } outerTarget
            ? Find(outerTarget, name)
            : null;
    }

    /// <summary>Gets the assembly of a type; null for a type of the same assembly.</summary>
    private static string? GetAssembly(MetadataReader metadata, TypeReferenceHandle handle)
    {
        EntityHandle scope = metadata.GetTypeReference(handle).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.TypeReference => GetAssembly(metadata, (TypeReferenceHandle)scope),
            HandleKind.AssemblyReference => metadata.GetString(
                metadata.GetAssemblyReference((AssemblyReferenceHandle)scope).Name
            ),
            _ => null,
        };
    }

    /// <summary>Gets the type of a member; null for arrays and types of the same assembly.</summary>
    private static TypeReferenceHandle? GetParent(MetadataReader metadata, EntityHandle parent)
    {
        if (parent.Kind == HandleKind.TypeSpecification)
        {
            BlobReader blob = metadata.GetBlobReader(metadata.GetTypeSpecification((TypeSpecificationHandle)parent).Signature);
            if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
                return null;
            _ = blob.ReadByte(); // Class or value type.
            parent = blob.ReadTypeHandle();
        }

        return parent.Kind == HandleKind.TypeReference ? (TypeReferenceHandle)parent : null;
    }

    private static string GetSignature(MetadataReader metadata, MemberReference member) =>
        member.GetKind() == MemberReferenceKind.Field
            ? " " + member.DecodeFieldSignature(SignatureNames.Instance, null)
            : SignatureNames.Format(member.DecodeMethodSignature(SignatureNames.Instance, null));

    /// <summary>Whether a type or one of its base types has a member.</summary>
    private bool HasMember(TypeLocation type, string member)
    {
        MetadataReader metadata = type.Metadata;
        TypeDefinition definition = metadata.GetTypeDefinition(type.Handle);
        IEnumerable<string> methods = definition
            .GetMethods()
            .Select(metadata.GetMethodDefinition)
            .Select(method =>
                metadata.GetString(method.Name) + SignatureNames.Format(method.DecodeSignature(SignatureNames.Instance, null))
            );
        IEnumerable<string> fields = definition
            .GetFields()
            .Select(metadata.GetFieldDefinition)
            .Select(field => $"{metadata.GetString(field.Name)} {field.DecodeSignature(SignatureNames.Instance, null)}");
        return methods.Concat(fields).Contains(member) || (FindBase(metadata, definition) is { } next && HasMember(next, member));
    }

    private TypeLocation? FindBase(MetadataReader metadata, TypeDefinition type) =>
        type.BaseType switch
        {
            { IsNil: true } => null,
            { Kind: HandleKind.TypeDefinition } own => new TypeLocation(metadata, (TypeDefinitionHandle)own, null),
            { } other => GetParent(metadata, other) is { } reference ? Find(metadata, reference) : null,
        };

    private sealed record TypeLocation(MetadataReader Metadata, TypeDefinitionHandle Handle, string? ForwardedTo);
}
