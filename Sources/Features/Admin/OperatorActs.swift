import Kit
import Store
import Web

/// What whoever runs the program does to an organisation on the command line. The log has a line of it, as of the same act on a page, so
/// that the organisation sees it.
public enum OperatorActs {
  /// A line with this origin and no actor is the operator's.
  static let origin = Viewer.Origin.command.word

  public enum Exported: String, Sendable {
    case everything, lessons, questions
  }

  /// Something of an organisation was written to files.
  public static func exported(_ what: Exported, of org: ID<Organisation>, _ tx: Transaction, _ world: World) throws {
    try tx.record(org: org, actor: nil, origin: origin, "organisation.exported", org, ["what": what.rawValue], world)
  }

  /// A member's cards were written to a file.
  public static func exportedCards(of person: ID<Person>, org: ID<Organisation>, _ tx: Transaction, _ world: World) throws {
    try tx.record(org: org, actor: nil, origin: origin, "data.exported", person, ["what": "cards"], world)
  }

  /// A package was taken into a member's cards: the act itself is the member's, and theirs alone.
  public static func importedCards(of person: ID<Person>, org: ID<Organisation>, _ tx: Transaction, _ world: World) throws {
    try tx.record(org: org, actor: nil, origin: origin, "data.imported", person, ["what": "cards"], world)
  }

  /// Signs a member out everywhere.
  public static func endSessions(of person: ID<Person>, org: ID<Organisation>, _ tx: Transaction, _ world: World) throws {
    try SignInSession.endAll(org: org, person: person, tx)
    try tx.record(org: org, actor: nil, origin: origin, "sign_in.ended", person, [:], world)
  }

  /// Another secret key holds from now on, for all organisations.
  static func adoptedKey(_ tx: Transaction, _ world: World) throws {
    for org in try tx.values("SELECT id FROM organisation ORDER BY id", as: ID<Organisation>.self) {
      try tx.record(org: org, actor: nil, origin: origin, "installation.key_adopted", org, [:], world)
    }
  }
}
