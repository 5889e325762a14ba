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
    let state: String
    let chip: String
    let reach: String
    let appliedAt: Moment
    let decidedAt: Moment?
    let decidedBy: String?
    let words: String
    let recheck: String?
    let answers: [Answer]
    let isMine: Bool
    let canWithdraw: Bool
    let canStart: Bool
    let canApplyAgain: Bool
    let canKeep: Bool
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
    return Page(
      id: vetting, applicant: applicant, state: application.state.name, chip: application.state.chip, reach: application.reach.name,
      appliedAt: Moment(application.appliedAt, viewer, now: now), decidedAt: application.decidedAt.map { Moment($0, viewer, now: now) },
      decidedBy: application.decidedBy.flatMap { people[$0]?.name }, words: application.words,
      recheck: isMine ? nil : application.recheckAt.map { Moment($0, viewer, now: now).day }, answers: try answers(isMine, tx, viewer),
      isMine: isMine, canWithdraw: isMine && isOpen, canStart: isMine && application.state == .approved && viewer.has(.mentor),
      canApplyAgain: isMine && (application.state == .declined || application.state == .withdrawn) && !viewer.has(.mentor),
      canKeep: !isMine && application.state == .approved,
      form: isOpen && !isMine ? try DecideApplication.form(vetting, suggestedRecheck: now + Vetting.recheck) : nil,
      back: isMine ? Form.Link("You", "/you") : Form.Link("Applications", "/vetting"))
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
