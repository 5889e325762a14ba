import Kit
import Store
import Web

/// A mentor takes an ask: the session is booked at once, or the answer is written where the kind has no meeting.
struct AcceptOffer: UseCase {
  static let rules: [String: Rule] = ["answer": .text(1...10_000)]

  var offer: ID<Offer>
  /// One of the shared hours; without it the time the offer proposed.
  var start: Instant?
  /// The answer in writing.
  var answer: String?

  init(offer: ID<Offer>, start: Instant? = nil, answer: String? = nil) {
    self.offer = offer
    self.start = start
    self.answer = answer
  }

  struct Result: Output {
    var offer: ID<Offer>
    var ask: ID<Ask>
    var session: ID<Session>?
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Result {
    let offer = try Offer.answerable(offer, for: viewer, tx)
    guard offer.state.isPending else { throw offer.state.refusal }
    guard let ask = try Ask.find(offer.ask, org: viewer.org, tx) else { throw Problem.notFound }
    guard ask.state.isWaiting else { throw Offer.State.withdrawn.refusal }
    if ask.settings.isWritten { return try write(offer, ask, tx, viewer, world) }
    guard let start = start ?? offer.start else { throw Problem.invalid("start", "Choose a time.") }
    let session = try Booking.book(
      tx, viewer, mentor: offer.mentor, mentee: ask.asker, start: start, minutes: ask.minutes, kind: ask.kind, title: ask.title,
      question: ask.question, ask: ask.id, world)
    try tx.record(viewer, "offer.accepted", offer.id, [:], world)
    return Result(offer: offer.id, ask: ask.id, session: session)
  }

  private func write(_ offer: Offer, _ ask: Ask, _ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Result {
    guard let answer, !answer.trimmed.isEmpty else { throw Problem.invalid("answer", "Write your answer.") }
    try Ask.move(
      ask.id, org: viewer.org, from: Ask.State.waiting, to: .answered,
      also: ", answer = \(answer.trimmed), met_at = \(world.now()), closed_at = \(world.now())", tx)
    try Offer.settle(ask: ask.id, org: viewer.org, acceptedBy: offer.mentor, tx, world)
    try tx.record(viewer, "ask.answered", ask.id, [:], world)
    try tx.send(
      Letter(
        to: ask.asker, .request, subject: "\(viewer.name) answered your question", ["\(viewer.name) wrote:"], quote: answer.trimmed,
        buttons: [.init("Read the answer", "/asks/\(ask.id)")]), org: viewer.org, key: "ask-answered/\(ask.id)", world)
    return Result(offer: offer.id, ask: ask.id, session: nil)
  }
}

extension Ask {
  /// What a session about it is called: the situation, else the beginning of the question.
  var title: String { Situation.named(situation)?.title ?? question.shortened(to: 60) }
}
