import Interchange
import Kit
import Store

/// The skills that ship with Tandem, so that a new installation can match and suggest at once.
public enum StarterSkills {
  /// Puts them into the catalogue, or brings them up to date; twice is once.
  public static func install(_ tx: Transaction, _ world: World) throws {
    try SkillCatalogue.put(try entries.get(), tx, world)
  }

  /// Read once; the file does not change while the program runs.
  private static let entries: Result<[SkillEntry], any Error> = Result {
    try read(try Content.bytes("skills.csv"))
  }

  static func read(_ bytes: [UInt8]) throws -> [SkillEntry] {
    let table = try CSV.Table(bytes, required: ["id", "label", "alternatives", "group", "description"], separator: .comma)
    if let fault = table.faults.first { throw fault }
    return table.rows.map { row in
      SkillEntry(
        uri: Skill.scheme + (row["id"] ?? ""), label: row["label"] ?? "",
        alternatives: (row["alternatives"] ?? "").split(separator: "|").map(\.trimmed), topic: row["group"] ?? "",
        description: row["description"] ?? "", source: .starter)
    }
  }
}
