import Kit
import Store
import Web

/// The question before somebody is blocked, with what it means.
struct PersonToBlock: UseCase {
  var person: ID<Person>

  struct Page: Output {
    let person: ID<Person>
    let name: String
    let effects: [String]
    /// Sessions that are booked with them.
    let sessions: Int
    let form: Form
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    guard let member = try Member.find([person], org: viewer.org, tx).first else { throw Problem.notFound }
    let booked = try Sessions.booked(between: viewer.person, and: member.id, org: viewer.org, tx, world).count
    let name = member.firstName
    var fields: [Form.Field] = []
    if booked > 0 {
      fields.append(
        .checkbox(
          "cancel", "Cancel \(counted(booked, "session")) booked with \(name)", checked: true,
          help: "\(name) is told of each that it is cancelled, as ever. Otherwise you will meet."))
    }
    let nameless = "Requests without a name that wait for you go to others, so that none tells who asked."
    return Page(
      person: member.id, name: member.name,
      effects: [
        "You do not find each other as mentors or in the search, and cannot ask or book each other. Requests between you end.",
        "\(name) is not told. To \(name) it is as if you were not there.",
        "What you had together, such as notes and insights, stays. Group sessions are open to everybody, and name who gives them.",
        "You can unblock \(name) under You at any time.",
      ] + (viewer.has(.mentor) ? [nameless] : []), sessions: booked,
      form: Form(
        "/you/blocks/\(member.id)", button: "Block \(name)", danger: true, cancel: Form.Link("Not now", "/you/blocks"), fields))
  }
}

/// Blocks a member. What waits between the two ends; what is booked is called off when the viewer says so.
struct BlockPerson: UseCase {
  var person: ID<Person>
  /// Whether sessions booked with them are called off too.
  var cancel: Bool?

  /// More are no use to anybody, and each look-up reads them.
  static let most = 200

  init(person: ID<Person>, cancel: Bool? = nil) {
    self.person = person
    self.cancel = cancel
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Blocked {
    // Whoever left answers like whoever is there: that a member answers otherwise than their page would tell of a block.
    guard let member = try Member.find([person], org: viewer.org, tx).first else { throw Problem.notFound }
    guard person != viewer.person else { throw Problem.invalid("person", "You cannot block yourself.") }
    let made = try tx.run(
      """
      INSERT INTO person_block (org_id, person_id, blocked_id, created_at)
      VALUES (\(viewer.org), \(viewer.person), \(person), \(world.now())) ON CONFLICT DO NOTHING
      """)
    if made == 1 {
      let count = try tx.count("SELECT count(*) FROM person_block WHERE org_id = \(viewer.org) AND person_id = \(viewer.person)")
      guard count <= BlockPerson.most else {
        throw Problem.conflict(code: "too_many_blocks", detail: "You block \(BlockPerson.most) people. Unblock one of them first.")
      }
      try tx.record(viewer, "block.made", person, [:], world)
    }
    try Offer.end(between: viewer, and: person, tx, world)
    try Sessions.end(with: person, alsoBooked: cancel == true, tx, viewer, world)
    return Blocked(person: member.id, name: member.name)
  }
}

/// Takes a block back. What ended by it does not come back.
struct Unblock: UseCase {
  var person: ID<Person>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Blocked {
    guard let member = try Member.find([person], org: viewer.org, tx).first else { throw Problem.notFound }
    let ended = try tx.run(
      "DELETE FROM person_block WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) AND blocked_id = \(person)")
    if ended == 1 { try tx.record(viewer, "block.ended", person, [:], world) }
    return Blocked(person: member.id, name: member.name)
  }
}

struct Blocked: Output {
  let person: ID<Person>
  let name: String
}
