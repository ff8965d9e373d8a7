using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace LinkedInExports.Conventions.Tests.Metadata;

/// <summary>The types of an assembly that each of its types refers to: in signatures, base types and method bodies.</summary>
internal sealed class TypeReferences : IDisposable
{
    private static readonly Dictionary<int, OperandType> Operands = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value & 0xFFFF, code => code.OperandType);

    private readonly PEReader _file;
    private readonly MetadataReader _metadata;
    private readonly TypeDefinitionCollector _signatures = new();

    internal TypeReferences(string path)
    {
        _file = new PEReader(File.OpenRead(path));
        _metadata = _file.GetMetadataReader();
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Gets each pair of a type and a type that it refers to. Nested types count as their outermost type.</summary>
    internal HashSet<(QualifiedName From, QualifiedName To)> Read()
    {
        var pairs = new HashSet<(QualifiedName From, QualifiedName To)>();
        foreach (TypeDefinitionHandle handle in _metadata.TypeDefinitions)
        {
            QualifiedName from = GetOutermostName(handle);
            pairs.UnionWith(ReadType(handle).Select(to => (from, GetOutermostName(to))).Where(pair => pair.Item1 != pair.Item2));
        }

        return pairs;
    }

    private IEnumerable<TypeDefinitionHandle> ReadType(TypeDefinitionHandle handle)
    {
        TypeDefinition type = _metadata.GetTypeDefinition(handle);
        IEnumerable<TypeDefinitionHandle> bases = type.GetInterfaceImplementations()
            .Select(implementation => _metadata.GetInterfaceImplementation(implementation).Interface)
            .Append(type.BaseType)
            .SelectMany(Resolve);
        IEnumerable<TypeDefinitionHandle> fields = type.GetFields()
            .SelectMany(field => _metadata.GetFieldDefinition(field).DecodeSignature(_signatures, null));
        return
        [
            .. bases,
            .. fields,
            .. type.GetMethods().SelectMany(method => ReadMethod(_metadata.GetMethodDefinition(method))),
        ];
    }

    private List<TypeDefinitionHandle> ReadMethod(MethodDefinition method)
    {
        var found = new List<TypeDefinitionHandle>(Flatten(method.DecodeSignature(_signatures, null)));
        if (method.RelativeVirtualAddress == 0)
            return found;

        MethodBodyBlock body = _file.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
        {
            found.AddRange(
                _metadata
                    .GetStandaloneSignature(body.LocalSignature)
                    .DecodeLocalSignature(_signatures, null)
                    .SelectMany(types => types)
            );
        }

        BlobReader code = body.GetILReader();
        while (code.RemainingBytes > 0)
        {
            int opcode = code.ReadByte();
            if (opcode == 0xFE)
                opcode = (opcode << 8) | code.ReadByte();
            OperandType operand = Operands[opcode];
            if (operand is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
                found.AddRange(Resolve(MetadataTokens.EntityHandle(code.ReadInt32())));
            else if (operand == OperandType.InlineSwitch)
                SkipTargets(ref code);
            else
                code.Offset += GetSize(operand);
        }

        return found;
    }

    private IEnumerable<TypeDefinitionHandle> Resolve(EntityHandle handle) =>
        handle.Kind switch
        {
            _ when handle.IsNil => [],
            HandleKind.TypeDefinition => [(TypeDefinitionHandle)handle],
            HandleKind.TypeSpecification => _metadata
                .GetTypeSpecification((TypeSpecificationHandle)handle)
                .DecodeSignature(_signatures, null),
            HandleKind.MethodDefinition => [_metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType()],
            HandleKind.FieldDefinition => [_metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType()],
            HandleKind.MemberReference => ResolveMember(_metadata.GetMemberReference((MemberReferenceHandle)handle)),
            HandleKind.MethodSpecification => ResolveGeneric(_metadata.GetMethodSpecification((MethodSpecificationHandle)handle)),
            _ => [],
        };

    private IEnumerable<TypeDefinitionHandle> ResolveMember(MemberReference member) =>
        member.GetKind() == MemberReferenceKind.Field
            ? [.. Resolve(member.Parent), .. member.DecodeFieldSignature(_signatures, null)]
            : [.. Resolve(member.Parent), .. Flatten(member.DecodeMethodSignature(_signatures, null))];

    private IEnumerable<TypeDefinitionHandle> ResolveGeneric(MethodSpecification method) =>
        [.. Resolve(method.Method), .. method.DecodeSignature(_signatures, null).SelectMany(types => types)];

    private QualifiedName GetOutermostName(TypeDefinitionHandle handle)
    {
        TypeDefinition type = _metadata.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil)
            type = _metadata.GetTypeDefinition(type.GetDeclaringType());
        return new QualifiedName(_metadata.GetString(type.Namespace), _metadata.GetString(type.Name));
    }

    private static IEnumerable<TypeDefinitionHandle> Flatten(MethodSignature<IReadOnlyList<TypeDefinitionHandle>> signature) =>
        [.. signature.ReturnType, .. signature.ParameterTypes.SelectMany(types => types)];

    private static void SkipTargets(ref BlobReader code)
    {
        int count = code.ReadInt32();
        code.Offset += 4 * count;
    }

    private static int GetSize(OperandType operand) =>
        operand switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
            OperandType.InlineVar => 2,
            OperandType.InlineI8 or OperandType.InlineR => 8,
            _ => 4,
        };
}

/// <summary>The name of a type.</summary>
internal sealed record QualifiedName(string Namespace, string Name);
