import Kit

extension Transaction {
  /// Every table with data of its own and its columns, as the database tells it.
  public func tableColumns() throws -> [(table: String, columns: [String])] {
    try Catalogue(self).tables.map { ($0.name, $0.columns.map(\.name)) }
  }

  /// Calls `body` with every row of a table that keeps a condition, in no particular order and without holding them all.
  ///
  /// - Parameters:
  ///   - table: a name that `tableColumns()` told.
  ///   - columns: of that table.
  public func each(of table: String, _ columns: [String], where condition: SQL? = nil, _ body: (Row) throws -> Void) throws {
    let names = columns.map(Catalogue.quoted).joined(separator: ", ")
    let all = SQL(stringLiteral: "SELECT \(names) FROM \(Catalogue.quoted(table))")
    if let condition { try each("\(all) WHERE \(condition)", body) } else { try each(all, body) }
  }
}
