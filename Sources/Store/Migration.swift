import Crypto
import Foundation
import Kit

/// One numbered step of the schema: forward only, one transaction, never changed once released.
///
/// The text is portable: `BIGINT`, `DOUBLE PRECISION`, `BYTEA` and `TEXT` columns; tables become STRICT on SQLite.
public struct Migration: Sendable {
  public enum Statement: Sendable, ExpressibleByStringLiteral {
    case both(String)
    case sqlite(String)
    case postgres(String)
    public init(stringLiteral text: String) { self = .both(text) }

    /// The statement for an engine, or nil when it is not for this one.
    func text(for dialect: Dialect) -> String? {
      switch (self, dialect) {
      case (.both(let text), .postgres), (.sqlite(let text), .sqlite), (.postgres(let text), .postgres): text
      case (.both(let text), .sqlite): Statement.strict(text)
      default: nil
      }
    }

    /// The text and for whom it is.
    var label: String {
      switch self {
      case .both(let text): "both " + text
      case .sqlite(let text): "sqlite " + text
      case .postgres(let text): "postgres " + text
      }
    }

    private static func strict(_ text: String) -> String {
      let types = [("DOUBLE PRECISION", "REAL"), ("BIGINT", "INTEGER"), ("BYTEA", "BLOB")]
      let mapped = types.reduce(text) { $0.replacingOccurrences(of: $1.0, with: $1.1) }
      return mapped.trimmed.hasPrefix("CREATE TABLE") ? mapped.trimmed + " STRICT" : mapped
    }
  }

  /// `feature/number`, as in `asks/1`.
  public let name: String
  public let statements: [Statement]
  /// Moves data in the same transaction, after the statements.
  public let move: (@Sendable (Transaction) throws -> Void)?

  public init(_ name: String, _ statements: [Statement], move: (@Sendable (Transaction) throws -> Void)? = nil) {
    self.name = name
    self.statements = statements
    self.move = move
  }

  /// What an engine is told, statement by statement.
  public func sql(for dialect: Dialect) -> [String] { statements.compactMap { $0.text(for: dialect) } }

  /// Changes when the text changes, so that an edited old step is noticed.
  var checksum: String {
    var hash = SHA256()
    for statement in statements { hash.update(data: Data((statement.label + "\n").utf8)) }
    return hash.finalize().prefix(16).hex
  }
}
