import Kit
import Store
import Web

/// Lessons in an order that leads from one level of a skill to another.
public struct Track: Output, RowDecodable, Hashable {
  public let id: ID<Track>
  public let title: String
  public let summary: String
  public let skill: ID<Skill>?
  public let fromLevel: Int
  public let toLevel: Int

  static let columns: SQL = "track.id, track.title, track.summary, track.skill_id, track.from_level, track.to_level"

  public init(row: Row) throws {
    id = try row("id")
    title = try row("title")
    summary = try row("summary")
    skill = try row.optional("skill_id")
    fromLevel = try row("from_level")
    toLevel = try row("to_level")
  }

  static func find(_ id: ID<Track>, for viewer: Viewer, _ tx: Transaction) throws -> Track {
    guard let track: Track = try tx.first("SELECT \(columns) FROM track WHERE org_id = \(viewer.org) AND id = \(id)") else {
      throw Problem.notFound
    }
    return track
  }
}
