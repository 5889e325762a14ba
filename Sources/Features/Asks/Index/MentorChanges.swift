import Foundation
import Kit
import Store
import Web

/// Whose facts may have changed, as the activity log tells: whoever did something, and whoever something happened to.
struct MentorChanges {
  /// Entries of the log.
  let entries: Set<Int64>
  let people: Set<ID<Person>>

  struct Entry: RowDecodable {
    let id: Int64
    let actor: Int64?
    let object: Int64
    let data: String

    init(row: Row) throws {
      id = try row("id")
      actor = try row.optional("actor_id")
      object = try row("object_id")
      data = try row("data")
    }

    /// A session handed over takes minutes from somebody whom nothing else in the entry names.
    var formerMentor: Int64? {
      guard data.contains("\"from\"") else { return nil }
      let facts = try? JSONDecoder().decode([String: String].self, from: Data(data.utf8))
      return facts?["from"].flatMap { ID<Person>($0)?.value }
    }
  }

  /// Entries since a moment and of the overlap before it. Ids are made from the time, so they tell where to begin.
  static func entries(org: ID<Organisation>, since: Instant, limit: Int, _ tx: Transaction) throws -> [Entry] {
    let first: ID<Activity> = .first(at: since - MentorIndex.overlap)
    return try tx.all(
      "SELECT id, actor_id, object_id, data FROM activity WHERE org_id = \(org) AND id >= \(first) ORDER BY id LIMIT \(limit)")
  }

  /// Two statements; nil for more entries or people than `most`.
  static func load(
    org: ID<Organisation>, since: Instant, except seen: Set<Int64>, most: Int, _ tx: Transaction
  ) throws -> MentorChanges? {
    let found = try entries(org: org, since: since, limit: seen.count + most + 1, tx).filter { !seen.contains($0.id) }
    if found.count > most { return nil }
    if found.isEmpty { return MentorChanges(entries: [], people: []) }
    let people = Set(found.compactMap(\.actor) + found.map(\.object) + found.compactMap(\.formerMentor)).sorted()
    let objects = SQL.list(Set(found.map(\.object)).sorted().map { ID<Activity>($0) })
    let mentors: [ID<Person>] = try tx.values(
      """
      SELECT id FROM person WHERE org_id = \(org) AND id IN \(SQL.list(people.map { ID<Person>($0) }))
      UNION SELECT mentor_id FROM offer WHERE org_id = \(org) AND id IN \(objects)
      UNION SELECT mentor_id FROM offer WHERE org_id = \(org) AND ask_id IN \(objects)
      UNION SELECT mentor_id FROM session WHERE org_id = \(org) AND id IN \(objects)
      """)
    return MentorChanges(entries: Set(found.map(\.id)), people: Set(mentors))
  }
}
