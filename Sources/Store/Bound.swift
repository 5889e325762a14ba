import Kit

/// A value as it travels to and from the database.
public enum Bound: Hashable, Sendable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])

  /// Whether it is text with the one character that no database stores.
  var holdsZero: Bool {
    guard case .text(let text) = self else { return false }
    return text.utf8.contains(0)
  }
}

/// A value that can be bound into a statement and read from a column.
public protocol Bindable {
  var bound: Bound { get }
  init?(bound: Bound)
}

extension Int64: Bindable {
  @inlinable public var bound: Bound { .integer(self) }
  @inlinable public init?(bound: Bound) {
    switch bound {
    case .integer(let value): self = value
    case .real(let value):
      guard let exact = Int64(exactly: value) else { return nil }
      self = exact
    // `sum(bigint)` and `avg` are numeric on PostgreSQL and arrive as text.
    case .text(let text):
      guard let value = Int64(text) else { return nil }
      self = value
    default: return nil
    }
  }
}

extension Int: Bindable {
  @inlinable public var bound: Bound { .integer(Int64(self)) }
  @inlinable public init?(bound: Bound) {
    guard let value = Int64(bound: bound) else { return nil }
    self.init(exactly: value)
  }
}

extension Bool: Bindable {
  @inlinable public var bound: Bound { .integer(self ? 1 : 0) }
  @inlinable public init?(bound: Bound) {
    guard let value = Int64(bound: bound) else { return nil }
    self = value != 0
  }
}

extension Double: Bindable {
  @inlinable public var bound: Bound { .real(self) }
  @inlinable public init?(bound: Bound) {
    switch bound {
    case .real(let value): self = value
    case .integer(let value): self = Double(value)
    case .text(let text):
      guard let value = Double(text) else { return nil }
      self = value
    default: return nil
    }
  }
}

extension String: Bindable {
  @inlinable public var bound: Bound { .text(self) }
  @inlinable public init?(bound: Bound) {
    switch bound {
    case .text(let text): self = text
    case .integer(let value): self = String(value)
    default: return nil
    }
  }
}

extension [UInt8]: Bindable {
  @inlinable public var bound: Bound { .blob(self) }
  @inlinable public init?(bound: Bound) {
    guard case .blob(let bytes) = bound else { return nil }
    self = bytes
  }
}

extension ID: Bindable {
  @inlinable public var bound: Bound { .integer(value) }
  @inlinable public init?(bound: Bound) {
    guard let value = Int64(bound: bound) else { return nil }
    self.init(value)
  }
}

extension Instant: Bindable {
  @inlinable public var bound: Bound { .integer(microseconds) }
  @inlinable public init?(bound: Bound) {
    guard let value = Int64(bound: bound) else { return nil }
    self.init(microseconds: value)
  }
}

/// Enumerations are stored by their raw value; a value the program does not know is an error, not a default.
extension Bindable where Self: RawRepresentable, RawValue: Bindable {
  @inlinable public var bound: Bound { rawValue.bound }
  @inlinable public init?(bound: Bound) {
    guard let raw = RawValue(bound: bound) else { return nil }
    self.init(rawValue: raw)
  }
}
