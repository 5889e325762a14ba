import Foundation
import Kit
import Store
import Web

/// Everything that is a person's own, by table.
struct OwnData: Output {
  struct Table: Output {
    let name: String
    let rows: [[String: ExportedValue]]
  }

  let made: Instant
  let person: ID<Person>
  let tables: [Table]

  init(_ viewer: Viewer, _ tx: Transaction, _ world: World) throws {
    made = world.now()
    person = viewer.person
    let columns = Dictionary(uniqueKeysWithValues: try tx.tableColumns().map { ($0.table, $0.columns) })
    tables = try OwnRows.all.compactMap { table, condition in
      let names = ExportedTable.columns(columns[table] ?? [], of: table).filter { $0 != "org_id" }
      var rows: [[String: ExportedValue]] = []
      try tx.each(of: table, names, where: condition(viewer.org, viewer.person)) { row in
        var fields: [String: ExportedValue] = [:]
        for (name, value) in zip(names, row.values) { fields[name] = ExportedTable.value(value, column: name) }
        rows.append(fields)
      }
      return rows.isEmpty ? nil : Table(name: table, rows: rows)
    }
  }
}

/// The page from which one takes one's data along.
struct ShowOwnData: UseCase {
  struct Page: Output {
    let perDay: Int
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    Page(perDay: TakeOwnData.perDay)
  }
}

/// Hands a person everything of theirs as one file of JSON; the log of acts notes it.
enum TakeOwnData {
  static let perDay = 5

  static let endpoint = Endpoint.custom(
    .post, "/you/data", allow: .member, "Download everything of yours", input: NoInput.self, output: .of(OwnData.self)
  ) { call, _ in
    let data = try await call.writing { tx in
      let viewer = try call.admit(tx)
      let world = call.site.world
      let taken = try tx.count(
        """
        SELECT count(*) FROM activity WHERE org_id = \(viewer.org) AND actor_id = \(viewer.person) AND verb = \("data.exported")
          AND at > \(world.now() - .hours(24))
        """)
      guard taken < perDay else { throw Problem.tooMany(retryAfter: 3600) }
      try tx.record(viewer, "data.exported", viewer.person, [:], world)
      return try OwnData(viewer, tx, world)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return .bytes(Array(try encoder.encode(data)), "application/json", fileName: "tandem-\(data.person).json")
  }
}
