import Kit
import Scheduling
import Store
import Web

/// Writes down that something learned was used at work, and asks somebody to confirm it.
public struct AddApplication: UseCase {
  public var what: String
  /// Where: a project, a meeting, a customer.
  public var place: String
  /// ISO date; today without one.
  public var usedOn: String?
  /// A skill by id or name.
  public var skill: String
  public var goal: ID<Goal>?
  /// Who can confirm it: the id, address or full name of a colleague.
  public var confirmer: String?

  public static let rules: [String: Rule] = [
    "what": .text(10...500), "place": .text(2...160), "used_on": .date, "skill": .text(1...200), "confirmer": .text(1...254),
  ]

  public init(what: String, place: String, usedOn: String? = nil, skill: String, goal: ID<Goal>? = nil, confirmer: String? = nil) {
    self.what = what
    self.place = place
    self.usedOn = usedOn
    self.skill = skill
    self.goal = goal
    self.confirmer = confirmer
  }

  public struct Added: Output {
    public let id: ID<Application>
    public let askedName: String?
  }

  public func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Added {
    let today = viewer.today(world)
    let day = try usedOn.map { text in
      guard let date = CivilDate(text), date <= today else { throw Problem.invalid("used_on", "Choose today or a day before it.") }
      return date
    }
    let skill = try Skill.resolve(self.skill, field: "skill", tx)
    if let goal { _ = try Goal.find(goal, for: viewer, tx) }
    let asked = try confirmer.flatMap { try Colleague.resolve($0, for: viewer, tx) }
    if let asked, asked.id == viewer.person { throw Problem.invalid("confirmer", "Choose somebody else; nobody confirms their own.") }
    let id: ID<Application> = world.id()
    try tx.run(
      """
      INSERT INTO application (org_id, id, person_id, skill_id, goal_id, what, place, used_on, asked_id, state, created_at)
      VALUES (\(viewer.org), \(id), \(viewer.person), \(skill), \(goal), \(what.trimmed), \(place.trimmed), \((day ?? today).description),
        \(asked?.id), \(asked == nil ? Application.State.noted : .asked), \(world.now()))
      """)
    try tx.record(viewer, "application.added", id, [:], world)
    if let asked {
      let letter = Letter(
        to: asked.id, .program, subject: "\(viewer.name) asks you to confirm something used at work",
        ["\(viewer.name) wrote down what they used at work and names you as somebody who saw it."], quote: what.trimmed,
        buttons: [Letter.Button("Confirm or not", "/applications/\(id)")])
      try tx.send(letter, org: viewer.org, key: "application/\(id)", world)
    }
    return Added(id: id, askedName: asked?.name)
  }
}

/// A colleague named by somebody: an id, an address or a full name.
enum Colleague {
  static func resolve(_ text: String, field: String = "confirmer", for viewer: Viewer, _ tx: Transaction) throws -> Member? {
    let text = text.trimmed
    if text.isEmpty { return nil }
    let free = Block.leavesOut("id", of: viewer.person, org: viewer.org)
    let active: SQL = "SELECT \(Member.columns) FROM person WHERE org_id = \(viewer.org) AND state = 'active' AND \(free)"
    if let id = ID<Person>(text), let member: Member = try tx.first("\(active) AND id = \(id)") { return member }
    let found: [Member] = try tx.all(
      "\(active) AND (email = \(text.lowercased()) OR \(tx.dialect.folded("name")) = \(text.folded)) LIMIT 2")
    guard let member = found.first else {
      throw Problem.invalid(field, "Nobody here is called “\(text.shortened(to: 60))”. Give the full name or the address.")
    }
    guard found.count == 1 else { throw Problem.invalid(field, "Several people have this name. Give the address.") }
    return member
  }
}
