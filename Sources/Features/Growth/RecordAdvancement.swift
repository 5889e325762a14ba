import Kit
import Scheduling
import Store
import Web

/// A change of role, title or pay band.
public enum Advancement {
  public enum Kind: String, Choice, Bindable {
    case role, title
    case payBand = "pay_band"

    var words: String {
      switch self {
      case .role: "New role"
      case .title: "New title"
      case .payBand: "New pay band"
      }
    }
  }
}

/// Records that somebody moved on, with the skills that carried it. For oneself; managers also for others.
public struct RecordAdvancement: UseCase {
  public var kind: Advancement.Kind
  /// What changed, such as "Team lead, plant 2". Never a sum of money.
  public var words: String
  public var happenedOn: String
  public var skills: [String]?
  public var person: ID<Person>?

  public static let rules: [String: Rule] = ["words": .text(2...160), "happened_on": .date, "skills": .list(0...5)]

  public init(kind: Advancement.Kind, words: String, happenedOn: String, skills: [String]? = nil, person: ID<Person>? = nil) {
    self.kind = kind
    self.words = words
    self.happenedOn = happenedOn
    self.skills = skills
    self.person = person
  }

  public struct Recorded: Output {
    public let id: ID<Advancement>
  }

  public func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Recorded {
    let whose = person ?? viewer.person
    if whose != viewer.person {
      guard Permission.manager.allows(viewer.roles) else { throw Problem.forbidden("Only managers record it for others.") }
      _ = try Member.find(whose, for: viewer, tx)
    }
    guard let date = CivilDate(happenedOn), date <= viewer.today(world) else {
      throw Problem.invalid("happened_on", "Choose today or a day before it.")
    }
    let skills = try Skill.resolve(self.skills ?? [], tx)
    let id: ID<Advancement> = world.id()
    try tx.run(
      """
      INSERT INTO advancement (org_id, id, person_id, kind, words, happened_on, recorded_by, created_at)
      VALUES (\(viewer.org), \(id), \(whose), \(kind), \(words.trimmed), \(date.description), \(viewer.person), \(world.now()))
      """)
    let rows = skills.map { "(\(viewer.org), \(id), \($0))" as SQL }
    if !rows.isEmpty {
      try tx.run("INSERT INTO advancement_skill (org_id, advancement_id, skill_id) VALUES \(SQL.joined(rows, by: ", "))")
    }
    try tx.record(viewer, "advancement.recorded", id, ["kind": kind.rawValue], world)
    return Recorded(id: id)
  }
}
