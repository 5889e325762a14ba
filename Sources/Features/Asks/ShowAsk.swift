import Kit
import Matching
import Store
import Web

/// Where an ask stands, as sentences: to whom it went, what is to do, how long it may take.
struct ShowAsk: UseCase {
  var ask: ID<Ask>

  init(ask: ID<Ask>) { self.ask = ask }

  struct Page: Output {
    var ask: ID<Ask>
    var question: String
    var state: Ask.State
    var label: String
    var chip: String
    var sentence: String
    var kind: String
    var minutes: Int
    var isWritten: Bool
    var opened: Moment
    var expires: Moment?
    var answer: String?
    var sessionHref: String?
    var mentorsHref: String?
    var wait: String?
    var waitBasis: String?
    var offers: [OfferLine]
    var withdraw: Form?
  }

  /// An offer as the asker sees it: never its private reason.
  struct OfferLine: Output {
    var offer: ID<Offer>
    var mentor: Member
    var state: Offer.State
    var sentence: String
    var question: String?
    var reply: String?
    /// Picks one of the times proposed, or replies to what the mentor asked.
    var form: Form?
    var decline: Form?
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let ask = try Ask.find(ask, for: viewer, tx)
    let now = world.now()
    let offers = try Offer.all(of: ask.id, org: viewer.org, tx)
    let people = try Member.named(offers.map(\.mentor) + [ask.wished].compactMap { $0 }, org: viewer.org, tx)
    let times = try Offer.times(of: offers.map(\.id), org: viewer.org, tx)
    let wait = ask.state.isWaiting ? try estimate(ask, viewer, now, tx) : nil
    let isWithoutMentors = try [.open, .offered].contains(ask.state) && offers.isEmpty && MentorCount.isZero(besides: viewer, tx)
    let lines = AskOfferLines(ask: ask, offers: offers, people: people, times: times, viewer: viewer, now: now).lines
    return Page(
      ask: ask.id, question: ask.question, state: ask.state,
      label: ask.state.label(hasPending: offers.contains(where: \.state.isPending)), chip: ask.state.chip,
      sentence: isWithoutMentors ? withoutMentors(ask) : sentence(ask, offers, people), kind: ask.settings.title, minutes: ask.minutes,
      isWritten: ask.settings.isWritten,
      opened: Moment(ask.openedAt ?? ask.createdAt, viewer, now: now),
      expires: ask.state.isWaiting ? ask.expiresAt.map { Moment($0, viewer, now: now) } : nil, answer: ask.answer,
      sessionHref: ask.state == .booked || ask.state == .answered ? ask.session.map { "/sessions/\(ID<Session>($0))" } : nil,
      mentorsHref: ask.state.isWaiting ? "/asks/\(ask.id)/mentors" : nil, wait: wait?.sentence, waitBasis: wait?.basis, offers: lines,
      withdraw: ask.state.isWaiting ? Form("/asks/\(ask.id)/withdrawal", button: "Withdraw", id: "withdraw", []) : nil)
  }

  private func estimate(_ ask: Ask, _ viewer: Viewer, _ now: Instant, _ tx: Transaction) throws -> WaitEstimate {
    try PastWaits.estimate(ask, skills: try Ask.skills(of: ask.id, org: viewer.org, tx), now: now, tx)
  }

  private func withoutMentors(_ ask: Ask) -> String {
    ask.state == .open ? "Nobody mentors here yet. Let us look every day until somebody can help." : MentorCount.nobody
  }

  /// "Ravi passed this on to Mara."
  private func sentence(_ ask: Ask, _ offers: [Offer], _ people: [ID<Person>: Member]) -> String {
    func names(_ states: [Offer.State]) -> [String] {
      offers.filter { states.contains($0.state) }.compactMap { people[$0.mentor]?.firstName }
    }
    let waiting = names(Offer.State.pending)
    let last = offers.last { $0.state == .passed || $0.state == .lapsed }.flatMap { people[$0.mentor]?.firstName }
    let wished = ask.wished.flatMap { people[$0]?.firstName }
    let missing = wished.flatMap { name in offers.contains { $0.mentor == ask.wished } ? nil : " \(name) could not be asked for it." } ?? ""
    switch ask.state {
    case .offered where offers.isEmpty: return "Nobody who fits has time for it at the moment. We look again every day until it ends."
    case .offered where waiting.isEmpty: return "Everybody who fits has been asked. We look again every day until it ends."
    case .offered:
      return last.map { "\($0) passed this on to \(listed(waiting))." }
        ?? "\(listed(waiting)) \(waiting.count == 1 ? "has" : "have") your ask.\(missing)"
    case .askedBack: return "\(listed(names([.asked]))) would like to know something first. The clock stands still until you reply."
    case .claimed: return "\(listed(names([.otherTime]))) can help, at another time. Pick one."
    case .open: return "Choose one of the mentors who fit, or ask \(wished.map { "\($0) first" } ?? "anybody who fits")."
    default: return ask.state.sentence
    }
  }
}

/// The offers of an ask in words, with what the asker may do about each.
struct AskOfferLines {
  let ask: Ask
  let offers: [Offer]
  let people: [ID<Person>: Member]
  let times: [ID<Offer>: [Instant]]
  let viewer: Viewer
  let now: Instant

  var lines: [ShowAsk.OfferLine] {
    offers.compactMap { offer in
      guard let mentor = people[offer.mentor] else { return nil }
      return ShowAsk.OfferLine(
        offer: offer.id, mentor: mentor, state: offer.state, sentence: sentence(offer), question: offer.question, reply: offer.reply,
        form: form(offer, mentor),
        decline: offer.state == .otherTime && ask.state.isWaiting
          ? Form("/asks/\(ask.id)/offers/\(offer.id)/decline", button: "None of these", id: "decline-\(offer.id)", []) : nil)
    }
  }

  private func sentence(_ offer: Offer) -> String {
    switch offer.state {
    case .sent: "Has until \(Moment(offer.dueAt, viewer, now: now).text) to answer."
    case .seen: "Has read it. Has until \(Moment(offer.dueAt, viewer, now: now).text) to answer."
    case .asked: "Asked you something first."
    case .otherTime: "Proposed other times."
    case .accepted: "Accepted."
    case .passed: "Passed this on to somebody closer to it."
    case .lapsed: "Had no time to answer."
    case .withdrawn where offer.endedUnanswered:
      times[offer.id] == nil ? "Asked you something first. No reply came in time." : "Proposed other times. None was picked in time."
    case .withdrawn: "Was told that it is settled."
    }
  }

  private func form(_ offer: Offer, _ mentor: Member) -> Form? {
    guard ask.state.isWaiting else { return nil }
    switch offer.state {
    case .asked:
      return Form(
        "/asks/\(ask.id)/offers/\(offer.id)/reply", button: "Reply", id: "reply-\(offer.id)",
        [.area("text", "Your reply", rows: 3, max: 2000)])
    case .otherTime:
      let options = (times[offer.id] ?? []).enumerated().map { place, start in
        let hour = HourChoice(start, mentor: mentor, viewer, now: now)
        return Form.Option(start.description, hour.moment.text, help: hour.other, chosen: place == 0)
      }
      return Form(
        "/asks/\(ask.id)/offers/\(offer.id)/booking", button: "Book this time", id: "pick-\(offer.id)",
        [.choose(.chips, "start", "When", options)])
    default: return nil
    }
  }
}
