import Kit
import Matching
import Store
import Web

/// The three mentors for an ask, each with reasons and the next hour both have free.
struct ShowMentors: UseCase {
  static let rules: [String: Rule] = ["name": .text(0...80)]

  var ask: ID<Ask>
  /// Somebody the asker misses among the cards.
  var name: String?

  init(ask: ID<Ask>) { self.ask = ask }

  struct Page: Output {
    var ask: ID<Ask>
    var question: String
    var title: String
    var facts: [String]
    var mentors: [MentorCard]
    var isEmpty: Bool
    var isWritten: Bool
    var canOffer: Bool
    /// Whether the organisation has nobody to ask.
    var isWithoutMentors: Bool
    /// First name of the mentor who is asked before others.
    var wished: String?
    /// Why the mentor somebody came for is not asked.
    var wishedMissing: String?
    /// Heading and button of the part that puts the ask before mentors, and what it does.
    var offerTitle: String
    var offerText: String
    var offerButton: String
    /// How long asks like this one wait, in words, and what that rests on.
    var wait: String
    var waitBasis: String
    var name: String?
    var whyNot: [WhyNotLine]
  }

  struct WhyNotLine: Output {
    /// Nil where nobody has the name.
    var name: String?
    var sentence: String
    var href: String
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let ask = try Ask.find(ask, for: viewer, tx)
    guard ask.state.isWaiting else { throw ask.state.refusal }
    let now = world.now()
    let wanted = try name.flatMap { $0.trimmed.isEmpty ? nil : try MentorSearch.named($0.trimmed, viewer, tx) }
    let ranked = try RankMentors.rank(ask, including: wanted?.id, tx, world)
    let skills = try Ask.skills(of: ask.id, org: viewer.org, tx)
    let wait = try PastWaits.estimate(ask, skills: skills, now: now, tx)
    let cards = ranked.cards(viewer, now: now)
    let isWithoutMentors = try cards.isEmpty && MentorCount.isZero(besides: viewer, tx)
    let wished = try ask.wished.flatMap { try Member.find([$0], org: viewer.org, tx).first }
    let offer = OfferWords(wished: ranked.wished == nil ? nil : wished?.firstName, isWithoutMentors: isWithoutMentors)
    return Page(
      ask: ask.id, question: ask.question, title: isWithoutMentors ? "Nobody mentors here yet" : title(cards.count),
      facts: facts(ask, skills.compactMap { ranked.skills[$0]?.label }),
      mentors: cards, isEmpty: cards.isEmpty, isWritten: ask.settings.isWritten,
      canOffer: ask.state == .open, isWithoutMentors: isWithoutMentors, wished: offer.wished,
      wishedMissing: ask.state == .open && ranked.wished == nil ? wished.map { missing($0, ranked) } : nil,
      offerTitle: offer.title, offerText: offer.text, offerButton: offer.button, wait: wait.sentence, waitBasis: wait.basis, name: name,
      whyNot: whyNot(wanted, ranked))
  }

  private func title(_ count: Int) -> String {
    switch count {
    case 0: "Nobody has a free hour right now"
    case 1: "One mentor who can help"
    default: "\(["Two", "Three"][min(count, 3) - 2]) mentors who can help"
    }
  }

  /// "Ines cannot be asked for this one: You share no free slot before the deadline."
  private func missing(_ wished: Member, _ ranked: RankedAsk) -> String {
    let why = ranked.wording.sentence(ranked.ranking.whyNot(wished.id.value, shown: RankMentors.shown))
    return "\(wished.firstName) cannot be asked for this one: \(why)"
  }

  private func facts(_ ask: Ask, _ skills: [String]) -> [String] {
    let when =
      switch ask.urgency {
      case .now: "Today"
      case .week: "This week"
      case .later: "In the next four weeks"
      }
    let length = ask.settings.isWritten ? "In writing" : "\(ask.minutes) min"
    return [when, length, ask.settings.title] + skills + (ask.isAnonymous ? ["Without your name"] : [])
  }

  private func whyNot(_ wanted: Member?, _ ranked: RankedAsk) -> [WhyNotLine] {
    guard let name, !name.trimmed.isEmpty else { return [] }
    guard let wanted else { return [WhyNotLine(sentence: "No mentor here is called \(name.trimmed).", href: "/mentors")] }
    let answer = ranked.ranking.whyNot(wanted.id.value, shown: RankMentors.shown)
    return [WhyNotLine(name: wanted.name, sentence: ranked.wording.sentence(answer), href: "/mentors/\(wanted.id)")]
  }
}

/// What is said where an ask is put before mentors.
struct OfferWords {
  /// First name of the mentor somebody came for, when they may help.
  let wished: String?
  let isWithoutMentors: Bool

  var title: String {
    if isWithoutMentors { return "Keep your ask open" }
    return wished.map { "Ask \($0) first" } ?? "Ask anybody who fits"
  }

  var text: String {
    if isWithoutMentors { return "\(MentorCount.nobody) We look every day until it ends." }
    return wished.map { "We put your ask before \($0) first, and then before the best mentors one by one until somebody takes it." }
      ?? "We put your ask before the best mentors one by one until somebody takes it."
  }

  var button: String { isWithoutMentors ? "Look for me every day" : title }
}

/// Finds a mentor by the beginning of a name's words.
enum MentorSearch {
  static func named(_ text: String, _ viewer: Viewer, _ tx: Transaction) throws -> Member? {
    let pattern = text.folded.filter { $0 != "%" && $0 != "_" }
    return try tx.first(
      """
      SELECT \(Member.columns) FROM person WHERE org_id = \(viewer.org) AND state = 'active' AND id <> \(viewer.person)
        AND \(Block.leavesOut("id", of: viewer.person, org: viewer.org)) AND (roles / \(Roles.mentor.rawValue)) % 2 = 1 AND (\(tx.dialect.folded("name")) LIKE \(pattern + "%")
          OR \(tx.dialect.folded("name")) LIKE \("% " + pattern + "%"))
      ORDER BY name, id LIMIT 1
      """)
  }
}
