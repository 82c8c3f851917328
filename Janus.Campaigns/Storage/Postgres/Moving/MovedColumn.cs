using System.Data.Common;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Janus.Campaigns.Storage.Moving;

/// <summary>A column, in the type that both databases keep it in: what EF's value converters make of the entity's.</summary>
internal sealed class MovedColumn
{
    // A type that is not here needs a thought about how each database keeps it, and a form of its own in RowsHash.
    private static readonly Dictionary<Type, Func<DbDataReader, int, object>> Readers = new()
    {
        [typeof(bool)] = (reader, ordinal) => reader.GetBoolean(ordinal),
        [typeof(int)] = (reader, ordinal) => reader.GetInt32(ordinal),
        [typeof(long)] = (reader, ordinal) => reader.GetInt64(ordinal),
        [typeof(string)] = (reader, ordinal) => reader.GetString(ordinal),
        [typeof(byte[])] = (reader, ordinal) => reader.GetFieldValue<byte[]>(ordinal),
    };

    private readonly string _storeType;
    private readonly IColumnMappingBase _mapping;
    private readonly Func<DbDataReader, int, object> _read;

    /// <summary>Describes a column.</summary>
    /// <exception cref="NotSupportedException">Nobody has said yet how values of its type are moved.</exception>
    public MovedColumn(IColumn column)
    {
        _mapping = column.PropertyMappings[0];
        _storeType = column.StoreType;
        Name = column.Name;
        var kept = _mapping.TypeMapping.Converter?.ProviderClrType ?? _mapping.TypeMapping.ClrType;
        Type = Nullable.GetUnderlyingType(kept) ?? kept;
        _read = Readers.GetValueOrDefault(Type) ?? throw new NotSupportedException($"The column {column.Table.Name}.{Name} is kept as {Type.Name}, which a move does not know.");
    }

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>The type that is kept, without null.</summary>
    public Type Type { get; }

    /// <summary>Reads a value.</summary>
    public object? Read(DbDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : _read(reader, ordinal);

    /// <summary>An entity's value, as it is kept.</summary>
    public object? ValueOf(object entity)
    {
        var value = _mapping.Property.GetGetter().GetClrValue(entity);
        return _mapping.TypeMapping.Converter is { } converter ? converter.ConvertToProvider(value) : value;
    }

    /// <summary>Writes a value into a row that is copied.</summary>
    public Task WriteAsync(NpgsqlBinaryImporter importer, object? value, CancellationToken cancellationToken) => value switch
    {
        null => importer.WriteNullAsync(cancellationToken),
        bool flag => importer.WriteAsync(flag, _storeType, cancellationToken),
        int number => importer.WriteAsync(number, _storeType, cancellationToken),
        long number => importer.WriteAsync(number, _storeType, cancellationToken),
        string text => importer.WriteAsync(text, _storeType, cancellationToken),
        byte[] bytes => importer.WriteAsync(bytes, _storeType, cancellationToken),
        _ => throw new NotSupportedException($"The column {Name} cannot be written as {value.GetType().Name}."),
    };
}
