import Kit
import Store
import Web

/// Members by CSV without a browser: the same reading, the same faults, the same all-or-nothing.
public enum PeopleFile {
  public struct Report: Sendable, Codable {
    public let added: Int
    public let changed: Int
    /// Rows that say what is stored already.
    public let unchanged: Int
    /// "Row 7: …", as a spreadsheet counts.
    public let faults: [String]
  }

  /// Reads the file and, unless it is a dry run or has faults, adds and changes the members.
  ///
  /// - Parameter viewer: the administrator in whose name it happens.
  public static func put(_ content: [UInt8], isDryRun: Bool, _ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Report {
    let members = try MemberFile(content, viewer, tx)
    let report = Report(
      added: members.added.count, changed: members.changed.count, unchanged: members.unchanged.count,
      faults: members.faults.map { "Row \($0.row): \($0.text)" })
    guard report.faults.isEmpty, !isDryRun else { return report }
    let id: ID<ReadMemberFile> = world.id()
    try tx.run(
      """
      INSERT INTO member_import (org_id, id, person_id, file_name, content, created_at)
      VALUES (\(viewer.org), \(id), \(viewer.person), \("command line"), \(content), \(world.now()))
      """)
    _ = try ApplyMemberFile(file: id)(tx, viewer, world)
    return report
  }
}
