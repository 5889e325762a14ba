import Kit

extension Transaction {
  /// Deletes the rows with this value of a column from every table that has the column, rows that refer before rows that are referred to.
  ///
  /// Complexity: a statement a table.
  public func deleteEverywhere(_ column: String, _ value: some Bindable) throws {
    for table in try tablesReferringFirst() where table.columns.contains(where: { $0.name == column }) {
      let beginning = SQL(stringLiteral: "DELETE FROM \(table.quotedName) WHERE \(Catalogue.quoted(column)) = ")
      try run("\(beginning)\(value)")
    }
  }

  /// Every table, before the tables that it refers to. References of a table to itself do not count; those in a circle keep the order of names.
  private func tablesReferringFirst() throws -> [Catalogue.Table] {
    var waiting = try Catalogue(self).tables
    var referring: [String: Set<String>] = [:]
    for row in try rows(dialect == .sqlite ? sqliteReferences : postgresReferences) {
      let (from, to): (String, String) = (try row("table_name"), try row("target"))
      if from != to { referring[to, default: []].insert(from) }
    }
    var sorted: [Catalogue.Table] = []
    while !waiting.isEmpty {
      let names = Set(waiting.map(\.name))
      let free = waiting.filter { names.isDisjoint(with: referring[$0.name] ?? []) }
      let next = free.isEmpty ? waiting : free
      sorted += next
      waiting.removeAll { table in next.contains { $0.name == table.name } }
    }
    return sorted
  }

  private var sqliteReferences: SQL {
    """
    SELECT t.name AS table_name, f."table" AS target FROM pragma_table_list t, pragma_foreign_key_list(t.name) f
    WHERE t.schema = 'main' AND t.type = 'table'
    """
  }

  private var postgresReferences: SQL {
    """
    SELECT c.relname AS table_name, r.relname AS target FROM pg_constraint k
    JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class r ON r.oid = k.confrelid
    WHERE k.contype = 'f' AND c.relnamespace = current_schema()::regnamespace
    """
  }
}
