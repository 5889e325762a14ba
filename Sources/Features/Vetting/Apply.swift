import Kit
import Store
import Web

/// Applies to become a mentor, in one's own words.
struct Apply: UseCase {
  static let longestAnswer = 4000
  static let rules: [String: Rule] = [
    "answers": .list(1...20), "answers.criterion": .text(1...80), "answers.answer": .text(40...longestAnswer),
  ]

  struct Answer: Input, Codable {
    var criterion: String
    var answer: String
  }

  struct Sent: Output {
    let id: ID<Vetting.Application>
  }

  var answers: [Answer]
  var reach: Vetting.Application.Reach

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Sent {
    if viewer.has(.mentor) { throw Problem.conflict(code: "mentor_already", detail: "You are a mentor already.") }
    let given = try complete()
    let id: ID<Vetting.Application> = world.id()
    let made = try tx.run(
      """
      INSERT INTO vetting (org_id, id, person_id, state, reach, applied_at, words)
      VALUES (\(viewer.org), \(id), \(viewer.person), \("applied"), \(reach), \(world.now()), \("")) ON CONFLICT DO NOTHING
      """)
    guard made == 1 else {
      throw Problem.conflict(code: "application_open", detail: "Your application is being read already. You hear of it by mail.")
    }
    let rows = given.map { criterion, text in "(\(viewer.org), \(id), \(criterion), \(text))" as SQL }
    try tx.run("INSERT INTO vetting_answer (org_id, vetting_id, criterion, answer) VALUES \(SQL.joined(rows, by: ", "))")
    try tx.record(viewer, "vetting.applied", id, [:], world)
    try tell(id, viewer, tx, world)
    return Sent(id: id)
  }

  /// Every criterion once, in the order of the list.
  private func complete() throws -> [(String, String)] {
    let criteria = try Criterion.all()
    var messages: [String: String] = [:]
    for (place, answer) in answers.enumerated() where !criteria.contains(where: { $0.id == answer.criterion }) {
      messages["answers.\(place).criterion"] = "This criterion is not known."
    }
    var given: [(String, String)] = []
    for (place, criterion) in criteria.enumerated() {
      if let answer = answers.first(where: { $0.criterion == criterion.id }) {
        given.append((criterion.id, answer.answer.trimmed))
      } else {
        messages["answers.\(place).answer"] = "Answer this one too: \(criterion.title)."
      }
    }
    if !messages.isEmpty { throw Problem.invalid(messages) }
    return given
  }

  /// Those who decide hear of it; ten are enough.
  private func tell(_ id: ID<Vetting.Application>, _ viewer: Viewer, _ tx: Transaction, _ world: World) throws {
    let manager = Roles.manager.rawValue
    let readers: [ID<Person>] = try tx.values(
      """
      SELECT id FROM person WHERE org_id = \(viewer.org) AND state = 'active' AND (roles / \(manager)) % 2 = 1 AND id <> \(viewer.person)
      ORDER BY id LIMIT 10
      """)
    for reader in readers {
      try tx.send(
        Letter(
          to: reader, .program, subject: "\(viewer.name) wants to become a mentor",
          ["\(viewer.name) answered the five questions. Reading and deciding takes about 10 minutes."],
          buttons: [.init("Read the application", "/vetting/\(id)")]), org: viewer.org, key: "vetting/\(id)/applied/\(reader)", world)
    }
  }
}

/// Takes back an application that is not decided yet.
struct WithdrawApplication: UseCase {
  var vetting: ID<Vetting.Application>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Done {
    let application = try Vetting.Application.find(vetting, for: viewer, tx)
    guard application.person == viewer.person else { throw Problem.forbidden("Only the applicant can withdraw an application.") }
    try tx.swap(
      "UPDATE vetting SET state = 'withdrawn' WHERE org_id = \(viewer.org) AND id = \(vetting) AND state = 'applied'",
      otherwise: .conflict(code: "application_decided", detail: "This application is decided: \(application.state.name.lowercased())."))
    try tx.record(viewer, "vetting.withdrawn", vetting, [:], world)
    return Done()
  }
}
