/// The database refused a write because a rule it keeps would be broken.
public struct Violation: Error, Sendable, CustomStringConvertible {
  public enum Rule: String, Sendable {
    /// Two intervals of one person overlap (PostgreSQL exclusion constraint, SQLite trigger).
    case overlap
    case unique
    case reference
    case check
    case notNull
  }

  public let rule: Rule
  /// The name of the constraint, where the engine tells it. Never values.
  public let name: String

  public init(rule: Rule, name: String) {
    self.rule = rule
    self.name = name
  }

  public var description: String { "\(rule.rawValue) \(name)" }
}
