import Kit
import Store
import Web

/// An application: its state for the applicant, the answers and the decision for those who read it.
struct ShowMentorApplication: UseCase {
  var vetting: ID<Vetting.Application>

  struct Page: Output {
    struct Answer: Output {
      let title: String
      let question: String
      let answer: String
      let looksFor: [String]
      let warning: String
      let score: String?
    }

    let id: ID<Vetting.Application>
    let applicant: Member
    /// What follows the applicant's name: "is a mentor".
    let standing: String
    let state: String
    let chip: String
    let reach: String
    let appliedAt: Moment
    let decidedAt: Moment?
    let decidedBy: String?
    let words: String
    let recheck: Moment?
    let answers: [Answer]
    let isMine: Bool
    let canWithdraw: Bool
    let canStart: Bool
    let canApplyAgain: Bool
    let canKeep: Bool
    /// Takes the role away, for those who may.
    let endForm: Form?
    /// Who may, for those who may not.
    let enders: String?
    let form: Form?
    let back: Form.Link
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let application = try Vetting.Application.find(vetting, for: viewer, tx)
    let people = try Member.named([application.person] + (application.decidedBy.map { [$0] } ?? []), org: viewer.org, tx)
    guard let applicant = people[application.person] else { throw Problem.notFound }
    let isMine = application.person == viewer.person
    let now = world.now()
    let isOpen = application.state == .applied
    let isHere = !isMine && application.state == .approved && applicant.isMentor
    let mayEnd = viewer.has(.admin)
    let endForm = try isHere && mayEnd ? endForm(applicant, tx, viewer) : nil
    let enders = try isHere && !mayEnd ? administrators(tx, viewer) : nil
    return Page(
      id: vetting, applicant: applicant, standing: standing(application, applicant), state: application.state.name,
      chip: application.state.chip, reach: application.reach.name,
      appliedAt: Moment(application.appliedAt, viewer, now: now), decidedAt: application.decidedAt.map { Moment($0, viewer, now: now) },
      decidedBy: application.decidedBy.flatMap { people[$0]?.name }, words: application.words,
      recheck: isMine ? nil : application.recheckAt.map { Moment($0, viewer, now: now) }, answers: try answers(isMine, tx, viewer),
      isMine: isMine, canWithdraw: isMine && isOpen, canStart: isMine && application.state == .approved && viewer.has(.mentor),
      canApplyAgain: isMine && (application.state == .declined || application.state == .withdrawn) && !viewer.has(.mentor),
      canKeep: isHere && isDue(application, now), endForm: endForm, enders: enders,
      form: isOpen && !isMine ? try DecideApplication.form(vetting, suggestedRecheck: now + Vetting.recheck) : nil,
      back: isMine ? Form.Link("You", "/you") : Form.Link("Applications", "/vetting"))
  }

  private func standing(_ application: Vetting.Application, _ applicant: Member) -> String {
    switch application.state {
    case .applied: "wants to mentor"
    case .approved: applicant.isMentor ? "is a mentor" : "was a mentor"
    case .declined, .withdrawn: "applied to mentor"
    }
  }

  /// From two months before the day on which somebody looks again.
  private func isDue(_ application: Vetting.Application, _ now: Instant) -> Bool {
    application.recheckAt.map { $0 - now <= .days(60) } ?? true
  }

  /// The act of the member's own page, with the roles that are left.
  private func endForm(_ applicant: Member, _ tx: Transaction, _ viewer: Viewer) throws -> Form {
    let held = try tx.value("SELECT roles FROM person WHERE org_id = \(viewer.org) AND id = \(applicant.id)", as: Int.self) ?? 0
    let left = Roles(rawValue: held).subtracting([.member, .mentor])
    var form = Form(
      "/members/\(applicant.id)/roles", button: "No longer a mentor", id: "end", left.words.map { .hidden("roles", $0) })
    form.confirm = """
      Takes the role from \(applicant.name) and signs them out once. Sessions that are booked stay booked; cancel those that should not \
      take place. Nobody new is led to them.
      """
    form.quiet = true
    return form
  }

  private func administrators(_ tx: Transaction, _ viewer: Viewer) throws -> String {
    let names: [String] = try tx.values(
      """
      SELECT name FROM person WHERE org_id = \(viewer.org) AND state = 'active' AND (roles & \(Roles.admin.rawValue)) <> 0
      ORDER BY name, id LIMIT 3
      """)
    return listed(names)
  }

  private func answers(_ isMine: Bool, _ tx: Transaction, _ viewer: Viewer) throws -> [Page.Answer] {
    let rows = try tx.rows("SELECT criterion, answer, score FROM vetting_answer WHERE org_id = \(viewer.org) AND vetting_id = \(vetting)")
    var given: [String: Row] = [:]
    for row in rows { given[try row("criterion")] = row }
    return try Criterion.all().compactMap { criterion in
      guard let row = given[criterion.id] else { return nil }
      let score: Int? = try row.optional("score")
      return Page.Answer(
        title: criterion.title, question: criterion.question, answer: try row("answer"), looksFor: isMine ? [] : criterion.looksFor,
        warning: isMine ? "" : criterion.warning,
        score: isMine ? nil : score.flatMap { Criterion.scores.indices.contains($0 - 1) ? "\($0) · \(Criterion.scores[$0 - 1])" : nil })
    }
  }
}
