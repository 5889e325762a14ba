import Kit
import Scheduling
import Store
import Web

/// Makes a program.
public struct CreateProgram: UseCase {
  public var name: String
  public var template: Program.Template
  public var purpose: String?
  public var startsOn: String
  public var endsOn: String

  public static let rules: [String: Rule] = ProgramTerms.rules

  public init(name: String, template: Program.Template, purpose: String? = nil, startsOn: String, endsOn: String) {
    self.name = name
    self.template = template
    self.purpose = purpose
    self.startsOn = startsOn
    self.endsOn = endsOn
  }

  public struct Created: Output {
    public let id: ID<Program>
  }

  public func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Created {
    let terms = try ProgramTerms(name: name, template: template, purpose: purpose, startsOn: startsOn, endsOn: endsOn)
    let id: ID<Program> = world.id()
    let made = try tx.run(
      """
      INSERT INTO program (org_id, id, name, template, purpose, starts_on, ends_on, created_by, created_at)
      VALUES (\(viewer.org), \(id), \(terms.name), \(terms.template), \(terms.purpose), \(terms.startsOn.description),
        \(terms.endsOn.description), \(viewer.person), \(world.now()))
      ON CONFLICT (org_id, name) DO NOTHING
      """)
    guard made == 1 else { throw ProgramTerms.nameTaken }
    try tx.record(viewer, "program.created", id, ["template": template.rawValue], world)
    return Created(id: id)
  }
}

/// The form for a program.
struct NewProgram: UseCase {
  struct Page: Output {
    var form: Form
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let today = viewer.today(world)
    return Page(
      form: Form(
        "/programs", button: "Create program", cancel: Form.Link("Back", "/programs"),
        ProgramTerms.fields(startsOn: today, endsOn: GoalDates.adding(6, to: today))))
  }
}
