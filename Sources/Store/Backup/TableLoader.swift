import Kit

/// Puts the lines of a backup into one table, many rows a statement.
struct TableLoader {
  let table: Catalogue.Table
  /// In the order of the lines.
  let columns: [String]

  func empty(_ tx: Transaction) throws { try tx.run(SQL(stringLiteral: "DELETE FROM \(table.quotedName)")) }

  /// False when a line is not a row of this table.
  func load(_ bytes: [UInt8], _ tx: Transaction) throws -> Bool {
    var rows: [SQL] = []
    // Equal statements are prepared once, so all but the last have the same number of rows.
    let batch = max(1, min(100, 8000 / max(1, columns.count)))
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      guard let values = RowLine.read(line), values.count == columns.count else { return false }
      rows.append("(" + SQL.joined(values.map { SQL(binding: $0) }, by: ", ") + ")")
      if rows.count == batch {
        try insert(rows, tx)
        rows = []
      }
    }
    if !rows.isEmpty { try insert(rows, tx) }
    return true
  }

  private func insert(_ rows: [SQL], _ tx: Transaction) throws {
    let names = columns.map(Catalogue.quoted).joined(separator: ", ")
    try tx.run(SQL(stringLiteral: "INSERT INTO \(table.quotedName) (\(names)) VALUES ") + SQL.joined(rows, by: ", "))
  }
}

/// Rows may come in any order when references are looked at last.
enum ForeignKeys {
  static func postponed(in tx: Transaction, _ body: () throws -> Void) throws {
    switch tx.dialect {
    case .sqlite:
      // Ends with the transaction.
      try tx.run("PRAGMA defer_foreign_keys = ON")
      try body()
    case .postgres:
      let keys = try tx.rows(
        """
        SELECT conrelid::regclass::text AS owner, quote_ident(conname) AS name FROM pg_constraint
        WHERE contype = 'f' AND NOT condeferrable AND connamespace = current_schema()::regnamespace
        """)
      try alter(keys, "DEFERRABLE INITIALLY DEFERRED", tx)
      try body()
      try tx.run("SET CONSTRAINTS ALL IMMEDIATE")
      try alter(keys, "NOT DEFERRABLE", tx)
    }
  }

  private static func alter(_ keys: [Row], _ mode: String, _ tx: Transaction) throws {
    for key in keys {
      let owner: String = try key("owner")
      let name: String = try key("name")
      try tx.run(SQL(stringLiteral: "ALTER TABLE \(owner) ALTER CONSTRAINT \(name) \(mode)"))
    }
  }
}
