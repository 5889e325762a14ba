import Features
import Foundation
import Kit
import Store
import TandemTesting
import Testing
import Web

/// Every column of every table says what it holds about people, so that export and erasure can be complete.
@Suite("The register of personal data")
struct PersonalRegisterTests {
  @Test("S42 every column is in exactly one entry, and every entry is a column", arguments: Databases.each)
  func register(_ database: Databases.Kind) async throws {
    try await database.withStore(Features.migrations) { store in
      // The battery's control adds a column that no entry names, which must be noticed.
      if ProcessInfo.processInfo.environment["TANDEM_TEST_PLANTED_COLUMN"] != nil {
        try await store.write { tx in try tx.run("ALTER TABLE person ADD COLUMN planted TEXT") }
      }
      let columns = try await store.columns().filter { !PersonalRegister.isInner($0.table) }
      #expect(columns.count > 100)
      let found = PersonalRegister.faults(Features.personalData, columns: columns.map { "\($0.table).\($0.column)" })
      #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
    }
  }

  @Test("a column without an entry, one with two, and an entry without a column are found")
  func faults() {
    let entries = [
      PersonalColumn("person", ["id", "email"], .contact, .delete), PersonalColumn("person", ["email"], .contact, .delete),
      PersonalColumn("ghost", ["id"], .none, .keep),
    ]
    let found = PersonalRegister.faults(entries, columns: ["person.id", "person.email", "person.name"])
    #expect(found == ["ghost.id is registered but not there", "person.email has 2 entries", "person.name has no entry"])
  }
}

enum PersonalRegister {
  /// Tables that the full text index of SQLite keeps for itself; they hold what `search_entry` holds.
  static func isInner(_ table: String) -> Bool { table.hasPrefix("search_words") }

  static func faults(_ entries: [PersonalColumn], columns: [String]) -> [String] {
    var count: [String: Int] = [:]
    for entry in entries {
      for column in entry.columns { count["\(entry.table).\(column)", default: 0] += 1 }
    }
    let missing = columns.filter { count[$0] == nil }.map { "\($0) has no entry" }
    let twice = columns.filter { (count[$0] ?? 0) > 1 }.map { "\($0) has \(count[$0] ?? 0) entries" }
    let stale = count.keys.filter { !columns.contains($0) }.map { "\($0) is registered but not there" }
    return (missing + twice + stale).sorted()
  }
}
