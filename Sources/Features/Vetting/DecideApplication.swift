import Kit
import Store
import Web

/// Scores the answers and decides: a mentor, or not this time.
struct DecideApplication: UseCase {
  enum Decision: String, Choice {
    case approve, decline
  }

  struct Score: Input, Codable {
    var criterion: String
    /// 1 not seen, 2 partly, 3 clearly, 4 strongly.
    var score: Int
  }

  static let rules: [String: Rule] = [
    "scores": .list(1...20), "scores.criterion": .text(1...80), "scores.score": .number(1...4), "words": .text(0...2000),
    "recheck_on": .date,
  ]

  var vetting: ID<Vetting.Application>
  var decision: Decision
  var scores: [Score]
  /// To the applicant; needed when it is not this time.
  var words: String?
  /// When somebody looks again; a year from now when left out.
  var recheckOn: String?

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> ShowMentorApplication.Page {
    let application = try Vetting.Application.find(vetting, for: viewer, tx)
    guard application.person != viewer.person else { throw Problem.forbidden("Somebody else has to decide about your own application.") }
    let recheck = try check(world.now())
    if decision == .approve, try Addressee.find(application.person, org: viewer.org, tx)?.isActive != true {
      throw Problem.conflict(
        code: "not_a_member", detail: "Who applied is not a member now. Decline the application, or let them in again first.")
    }
    let text = (words ?? "").trimmed
    try tx.swap(
      """
      UPDATE vetting SET state = \(decision == .approve ? "approved" : "declined"), decided_by = \(viewer.person), decided_at = \(world.now()),
        words = \(text), recheck_at = \(decision == .approve ? recheck : nil)
      WHERE org_id = \(viewer.org) AND id = \(vetting) AND state = 'applied'
      """, otherwise: .conflict(code: "application_decided", detail: "This application is decided: \(application.state.name.lowercased()).")
    )
    for score in scores {
      try tx.run(
        """
        UPDATE vetting_answer SET score = \(score.score) WHERE org_id = \(viewer.org) AND vetting_id = \(vetting) AND criterion = \(score.criterion)
        """)
    }
    try tx.record(viewer, decision == .approve ? "vetting.approved" : "vetting.declined", vetting, [:], world)
    if decision == .approve, try Vetting.giveRole(application.person, org: viewer.org, tx) {
      try tx.record(viewer, "mentor.approved", application.person, [:], world)
    }
    try tx.send(letter(to: application.person, text), org: viewer.org, key: "vetting/\(vetting)/decided", world)
    return try ShowMentorApplication(vetting: vetting)(tx, viewer, world)
  }

  private func check(_ now: Instant) throws -> Instant {
    var messages: [String: String] = [:]
    let criteria = try Criterion.all()
    for (place, criterion) in criteria.enumerated() {
      let score = scores.first { $0.criterion == criterion.id }?.score
      if score == nil { messages["scores.\(place).score"] = "Score \(criterion.title) too." }
      if score == 1, decision == .approve {
        messages["scores.\(place).score"] = "A mentor shows at least a part of each. Look again, or say not this time."
      }
    }
    if decision == .decline, (words ?? "").trimmed.count < 20 {
      messages["words"] = "Say kindly what was missing and what could help, in a sentence or two."
    }
    var recheck = now + Vetting.recheck
    if let recheckOn, !recheckOn.isEmpty, let day = Instant(recheckOn + "T00:00:00Z") {
      if day <= now { messages["recheck_on"] = "Choose a day to come." }
      recheck = day
    }
    if !messages.isEmpty { throw Problem.invalid(messages) }
    return recheck
  }

  private func letter(to person: ID<Person>, _ words: String) -> Letter {
    switch decision {
    case .approve:
      Letter(
        to: person, .program, subject: "You are a mentor now",
        ["Your application was approved. Two minutes are enough to set up: three topics, your hours, and how often."],
        quote: words.isEmpty ? nil : words, buttons: [.init("Set up in two minutes", "/vetting/start")])
    case .decline:
      Letter(
        to: person, .program, subject: "Your application to become a mentor",
        ["Thank you for answering five hard questions. It is not this time; you can apply again whenever you are ready."], quote: words,
        buttons: [.init("Read it again", "/vetting/\(vetting)")])
    }
  }

  static func form(_ id: ID<Vetting.Application>, suggestedRecheck: Instant) throws -> Form {
    var fields: [Form.Field] = []
    for (place, criterion) in try Criterion.all().enumerated() {
      fields.append(.hidden("scores.\(place).criterion", criterion.id))
      fields.append(
        .choose(
          .chips, "scores.\(place).score", criterion.title,
          Criterion.scores.enumerated().map { Form.Option("\($0 + 1)", "\($0 + 1) · \($1)") }))
    }
    fields += [
      .area(
        "words", "Words to the applicant", help: "They read this by mail. Needed when it is not this time.", rows: 4, optional: true,
        max: 2000),
      .text(
        "recheck_on", "Look again on", value: String(suggestedRecheck.description.prefix(10)),
        help: "On that day it is checked whether this is still the right mentor.", type: "date", optional: true),
      .choose(.chips, "decision", "Decision", [Form.Option("approve", "Approve as a mentor"), Form.Option("decline", "Not this time")]),
    ]
    return Form("/vetting/\(id)/decision", button: "Send decision", id: "decision", fields)
  }
}

/// Looked again: the mentor stays one for another year.
struct KeepMentor: UseCase {
  var vetting: ID<Vetting.Application>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Done {
    let application = try Vetting.Application.find(vetting, for: viewer, tx)
    guard application.person != viewer.person else { throw Problem.forbidden("Somebody else has to look again.") }
    try tx.swap(
      "UPDATE vetting SET recheck_at = \(world.now() + Vetting.recheck) WHERE org_id = \(viewer.org) AND id = \(vetting) AND state = 'approved'",
      otherwise: .conflict(code: "application_not_approved", detail: "Only an approved mentor is looked at again."))
    try tx.record(viewer, "vetting.rechecked", vetting, [:], world)
    return Done()
  }
}
