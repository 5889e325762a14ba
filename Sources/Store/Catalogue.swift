import Kit

/// What tables there are, as the database itself tells it.
struct Catalogue {
  struct Table: Hashable {
    let name: String
    var columns: [Column]

    /// Quoted for a statement. Names come from the catalogue, never from outside.
    var quotedName: String { Catalogue.quoted(name) }
    var quotedColumns: String { columns.map { Catalogue.quoted($0.name) }.joined(separator: ", ") }
  }

  struct Column: Hashable, Codable {
    let name: String
    /// `integer`, `real`, `text` or `blob`, whatever the engine calls it.
    let type: String
  }

  let tables: [Table]

  /// Tables with data of their own, by name: no views, no inner tables of a full text index, no generated columns.
  init(_ tx: Transaction) throws {
    let rows = try tx.rows(tx.dialect == .sqlite ? Self.sqlite : Self.postgres)
    var tables: [Table] = []
    for row in rows {
      let name: String = try row("table_name")
      if tables.last?.name != name { tables.append(Table(name: name, columns: [])) }
      let column = Column(name: try row("column_name"), type: Self.portable(try row("column_type")))
      tables[tables.count - 1].columns.append(column)
    }
    self.tables = tables
  }

  static func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }

  private static let sqlite: SQL = """
    SELECT t.name AS table_name, c.name AS column_name, c.type AS column_type
    FROM pragma_table_list t, pragma_table_info(t.name) c
    WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite%' ORDER BY t.name, c.cid
    """

  private static let postgres: SQL = """
    SELECT c.relname AS table_name, a.attname AS column_name, format_type(a.atttypid, NULL) AS column_type
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    ORDER BY c.relname COLLATE "C", a.attnum
    """

  private static func portable(_ type: String) -> String {
    switch type.lowercased() {
    case "bigint", "integer", "int", "smallint": "integer"
    case "double precision", "real": "real"
    case "bytea", "blob": "blob"
    case "text": "text"
    case let other: other
    }
  }
}

extension Store {
  /// Every column there is, by table: personal data is registered column by column, and a test holds the register against this.
  public func columns() async throws -> [(table: String, column: String, type: String)] {
    try await read { tx in
      try Catalogue(tx).tables.flatMap { table in table.columns.map { (table.name, $0.name, $0.type) } }
    }
  }
}
