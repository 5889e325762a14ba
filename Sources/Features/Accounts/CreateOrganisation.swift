import Kit
import Store
import Web

/// Makes an organisation. Its address word is made from its name.
public struct CreateOrganisation: Sendable {
  public var name: String
  public var zone: String
  /// Where it is asked for: a page, a job or the command line, on which the operator makes it.
  public var origin: String

  public init(name: String, zone: String, origin: String = "command") {
    self.name = name
    self.zone = zone
    self.origin = origin
  }

  public func callAsFunction(_ tx: Transaction, _ world: World) throws -> ID<Organisation> {
    guard !name.trimmed.isEmpty, name.count <= 120 else { throw Problem.invalid("organisation", "Give a name of at most 120 characters.") }
    let id: ID<Organisation> = world.id()
    var slug = String(name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }).split(separator: "-").joined(
      separator: "-")
    if slug.isEmpty { slug = "organisation" }
    if try tx.count("SELECT count(*) FROM organisation WHERE slug = \(slug)") > 0 { slug += "-" + id.description.suffix(4).lowercased() }
    try tx.run(
      """
      INSERT INTO organisation (id, name, slug, zone, settings, created_at)
      VALUES (\(id), \(name.trimmed), \(slug), \(zone), \("{}"), \(world.now()))
      """)
    try tx.record(org: id, actor: nil, origin: origin, "organisation.created", id, [:], world)
    try Starter.install(org: id, tx: tx, world: world)
    return id
  }
}

/// Makes a member who can sign in at once. Pages, imports, the demo and the command line all come here.
public struct CreateMember: Sendable {
  public var email: String
  public var name: String
  public var roles: Roles = .member
  public var zone: String
  public var title = ""
  public var department = ""
  public var seniority = 0
  public var manager: ID<Person>?
  public var languages = ["en"]
  public var bio = ""
  public var state = "active"

  public init(email: String, name: String, zone: String) {
    self.email = email
    self.name = name
    self.zone = zone
  }

  public func callAsFunction(_ tx: Transaction, org: ID<Organisation>, by actor: ID<Person>?, origin: String, _ world: World) throws -> ID<
    Person
  > {
    let id: ID<Person> = world.id()
    let now = world.now()
    let made = try tx.run(
      """
      INSERT INTO person (org_id, id, email, name, state, roles, zone, title, department, manager_id, seniority, languages, channel, bio,
        theme, created_at, joined_at, version)
      VALUES (\(org), \(id), \(email.trimmed.lowercased()), \(name.trimmed), \(state), \(roles.union(.member).rawValue), \(zone), \(title),
        \(department), \(manager), \(seniority), \(languages.joined(separator: ",")), \("mail"), \(bio), \("system"), \(now),
        \(state == "active" ? now : nil), 1)
      ON CONFLICT (org_id, email) DO NOTHING
      """)
    guard made == 1 else { throw Problem.conflict(code: "email_taken", detail: "Somebody with this address is a member already.") }
    try tx.record(org: org, actor: actor, origin: origin, "person.created", id, ["roles": roles.words.joined(separator: " ")], world)
    return id
  }
}
