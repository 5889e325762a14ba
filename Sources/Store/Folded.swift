import GRDB
import Kit

extension Dialect {
  /// A text column in lower case and without accents, as `String.folded` writes what somebody typed.
  ///
  /// - Parameter column: the name of a column, as it stands in the statement; never text from outside.
  public func folded(_ column: StaticString) -> SQL {
    switch self {
    case .sqlite: return SQL(stringLiteral: "folded(\(column))")
    case .postgres:
      let pairs = Folding.strokes.sorted { $0.key < $1.key }
      let (from, to) = (pairs.map { String($0.key) }.joined(), pairs.map { String($0.value) }.joined())
      let bare = "regexp_replace(normalize(\(column), NFKD), '[\\u0300-\\u036F]', '', 'g')"
      return SQL(stringLiteral: "lower(translate(\(bare), '\(from)', '\(to)'))")
    }
  }

  /// What SQLite has no function for.
  static let foldedFunction = DatabaseFunction("folded", argumentCount: 1, pure: true) { values in
    String.fromDatabaseValue(values.first ?? .null)?.folded
  }
}
