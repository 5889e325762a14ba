import Kit

/// A statement whose interpolated values can only bind: text never becomes part of it.
///
///     let open: SQL = "SELECT id FROM ask WHERE org_id = \(viewer.org) AND state = \("open")"
///
/// One text serves both engines. Pieces of SQL compose by interpolation: `"\(columns) WHERE \(visible)"`.
public struct SQL: Sendable, ExpressibleByStringInterpolation {
  @usableFromInline
  enum Piece: Sendable {
    case text(String)
    case bind(Bound)

    var length: Int {
      switch self {
      case .text(let part): part.utf8.count
      case .bind: 4
      }
    }
  }

  @usableFromInline var pieces: [Piece]

  public init(stringLiteral text: String) { pieces = [.text(text)] }
  public init(stringInterpolation: Interpolation) { pieces = stringInterpolation.pieces }

  private init(_ pieces: [Piece]) { self.pieces = pieces }

  /// A placeholder for a value that is already in the form of the database.
  init(binding value: Bound) { pieces = [.bind(value)] }

  public static func + (a: SQL, b: SQL) -> SQL {
    var sum = a
    sum.pieces += b.pieces
    return sum
  }

  /// Pieces with a separator between them: the rows of an insert, the conditions of a search.
  public static func joined(_ parts: [SQL], by separator: SQL) -> SQL {
    var sum: SQL = ""
    for (place, part) in parts.enumerated() {
      if place > 0 { sum.pieces += separator.pieces }
      sum.pieces += part.pieces
    }
    return sum
  }

  /// `($1, $2, …)` for `IN`; an empty list gives `(NULL)`, which nothing is in.
  public static func list(_ values: [some Bindable]) -> SQL {
    guard let first = values.first else { return "(NULL)" }
    var pieces: [Piece] = [.text("("), .bind(first.bound)]
    pieces.reserveCapacity(values.count * 2 + 1)
    for value in values.dropFirst() {
      pieces.append(.text(", "))
      pieces.append(.bind(value.bound))
    }
    pieces.append(.text(")"))
    return SQL(pieces)
  }

  public struct Interpolation: StringInterpolationProtocol {
    @usableFromInline var pieces: [Piece] = []
    public init(literalCapacity: Int, interpolationCount: Int) { pieces.reserveCapacity(interpolationCount * 2 + 1) }
    public mutating func appendLiteral(_ text: String) { if !text.isEmpty { pieces.append(.text(text)) } }
    @inlinable
    public mutating func appendInterpolation(_ value: some Bindable) { pieces.append(.bind(value.bound)) }
    @inlinable
    public mutating func appendInterpolation(_ value: (some Bindable)?) { pieces.append(.bind(value?.bound ?? .null)) }
    public mutating func appendInterpolation(_ sql: SQL) { pieces += sql.pieces }
  }

  /// The text with numbered placeholders and the values in their order. NULL stands in the text: PostgreSQL cannot find the type
  /// of a parameter that is nothing, as in `$1 IS NULL`.
  func rendered(for dialect: Dialect) -> (text: String, values: [Bound]) {
    var text = ""
    text.reserveCapacity(pieces.reduce(0) { $0 + $1.length })
    var values: [Bound] = []
    values.reserveCapacity(pieces.count / 2 + 1)
    let mark = dialect.placeholder
    for piece in pieces {
      switch piece {
      case .text(let part): text += part
      case .bind(.null):
        text += "NULL"
      case .bind(let value):
        values.append(value)
        text.append(mark)
        text.append(String(values.count))
      }
    }
    return (text, values)
  }
}

/// The two engines. Differences of their SQL are functions here and nowhere else.
public enum Dialect: String, Sendable, Codable {
  case sqlite
  case postgres

  /// SQLite takes `$1` for a *named* parameter, numbered by its first appearance; `?1` is the numbered one.
  var placeholder: Character { self == .sqlite ? "?" : "$" }

  /// Locks the rows a decision is about. SQLite's single writer holds the whole database already.
  public var forUpdate: SQL { self == .sqlite ? "" : " FOR UPDATE" }

  /// Passes over rows that another worker holds.
  public var skipLocked: SQL { self == .sqlite ? "" : " FOR UPDATE SKIP LOCKED" }
}
