import Interchange
import Kit
import Web

/// What an import did, file by file.
public struct EscoReport: Output {
  public struct Part: Output {
    public let name: EscoFiles.Part
    public let total: Int
    public var done = 0
    public var created = 0
    public var updated = 0
    public var unchanged = 0
    public var refused = 0
    /// The first rows that were refused.
    public var refusals: [Refusal] = []
  }

  /// A row that was left out. The row number counts from 1, the header included.
  public struct Refusal: Output, Hashable {
    public let row: Int
    public let text: String
  }

  private static let refusalsKept = 20

  public internal(set) var parts: [Part] = []

  public subscript(name: EscoFiles.Part) -> Part? { parts.first { $0.name == name } }

  public var done: Int { parts.reduce(0) { $0 + $1.done } }
  public var total: Int { parts.reduce(0) { $0 + $1.total } }
  public var refused: Int { parts.reduce(0) { $0 + $1.refused } }

  mutating func begin(_ name: EscoFiles.Part, _ table: CSV.Table) {
    parts.append(Part(name: name, total: table.rows.count + table.faults.count))
    for fault in table.faults { refuse(name, fault.row, fault.text) }
  }

  mutating func refuse(_ name: EscoFiles.Part, _ row: Int, _ text: String) {
    change(name) { part in
      part.done += 1
      part.refused += 1
      if part.refusals.count < EscoReport.refusalsKept { part.refusals.append(Refusal(row: row, text: text)) }
    }
  }

  mutating func count(_ name: EscoFiles.Part, _ counts: SkillCatalogue.Counts) {
    change(name) { part in
      part.done += counts.created + counts.updated + counts.unchanged
      part.created += counts.created
      part.updated += counts.updated
      part.unchanged += counts.unchanged
    }
  }

  private mutating func change(_ name: EscoFiles.Part, _ body: (inout Part) -> Void) {
    guard let place = parts.firstIndex(where: { $0.name == name }) else { return }
    body(&parts[place])
  }
}
