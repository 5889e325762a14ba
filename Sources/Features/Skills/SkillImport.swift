import Foundation
import Kit
import Store

/// One import of the European classification that an administrator started from the browser.
public struct SkillImport: Sendable, RowDecodable {
  enum State: String, Bindable {
    case waiting, running, finished, failed
  }

  let id: ID<SkillImport>
  let state: State
  let startedAt: Instant
  let report: EscoReport
  let failure: String

  public init(row: Row) throws {
    id = try row("id")
    state = try row("state")
    startedAt = try row("started_at")
    let text: String = try row("report")
    report = text.isEmpty ? EscoReport() : try JSONDecoder().decode(EscoReport.self, from: Data(text.utf8))
    failure = try row("failure")
  }

  private static let columns: SQL = "id, state, started_at, report, failure"

  /// The latest imports of an organisation, newest first.
  static func latest(_ count: Int, org: ID<Organisation>, _ tx: Transaction) throws -> [SkillImport] {
    try tx.all("SELECT \(columns) FROM skill_import WHERE org_id = \(org) ORDER BY id DESC LIMIT \(count)")
  }

  static func files(_ id: ID<SkillImport>, org: ID<Organisation>, _ tx: Transaction) throws -> EscoFiles {
    var bytes: [EscoFiles.Part: [UInt8]] = [:]
    for row in try tx.rows("SELECT part, content FROM skill_import_file WHERE org_id = \(org) AND import_id = \(id)") {
      if let part = EscoFiles.Part(rawValue: try row("part")) { bytes[part] = try row("content") as [UInt8] }
    }
    return EscoFiles(bytes)
  }

  static func note(_ report: EscoReport, of id: ID<SkillImport>, org: ID<Organisation>, _ tx: Transaction) throws {
    let text = String(decoding: try JSONEncoder().encode(report), as: UTF8.self)
    try tx.run("UPDATE skill_import SET state = \(State.running), report = \(text) WHERE org_id = \(org) AND id = \(id)")
    tx.signal("org/\(org)")
  }

  /// Ends an import and lets go of its files.
  static func end(
    _ id: ID<SkillImport>, org: ID<Organisation>, _ state: State, failure: String = "", _ tx: Transaction, _ world: World
  ) throws {
    try tx.run(
      """
      UPDATE skill_import SET state = \(state), failure = \(failure), finished_at = \(world.now()) WHERE org_id = \(org) AND id = \(id)
      """)
    try tx.run("DELETE FROM skill_import_file WHERE org_id = \(org) AND import_id = \(id)")
    try tx.record(org: org, actor: nil, origin: "job", "skill_import.\(state.rawValue)", id, [:], world)
  }
}
