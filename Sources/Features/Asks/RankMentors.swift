import Kit
import Matching
import Scheduling
import Store
import Web

/// Mentors for one ask, best first, with the reasons. A constant number of statements, however many mentors there are.
///
/// Of many mentors those who can get the most points are looked at, as the index in memory knows them (`MentorIndex`), or, while there is
/// none, those who offer most of the needed skills. All that is shown is read from the database at this moment.
enum RankMentors {
  /// Cards shown for an ask.
  static let shown = 3
  /// Mentors looked at first, and, when too few of them may help, once more.
  static let looks = (first: 200, then: 1000)
  /// As many as this who may help are enough.
  private static let enough = 20

  static func rank(_ ask: Ask, including: ID<Person>? = nil, _ tx: Transaction, _ world: World) throws -> RankedAsk {
    let weights = try OrganisationSettings.find(ask.org, tx).weights
    return try pool(ask, including: including, weights: weights, tx, world).rank(weights: weights)
  }

  /// Those the ranking with these weights looks at, the mentor somebody came for among them.
  static func pool(
    _ ask: Ask, including: ID<Person>?, weights: Weights, _ tx: Transaction, _ world: World
  ) throws -> MentorPool {
    let asking = try AskingSide.load(ask, tx)
    let including = Set([including, ask.wished].compactMap { $0 })
    let figures = try PoolFigures.load(org: ask.org, now: world.now(), tx)
    let shortlist = try Shortlist(asking, figures: figures, weights: weights, tx, world)
    let first = try MentorPool.load(asking, try shortlist.mentors(looks.first, including: including, tx), figures, tx, world)
    guard shortlist.count > looks.first, first.rank(weights: weights).ranking.ranked.count < enough else { return first }
    return try MentorPool.load(asking, try shortlist.mentors(looks.then, including: including, tx), figures, tx, world)
  }

  /// Looks at one mentor only: whether they may help with the ask, and when.
  static func look(at mentor: ID<Person>, for ask: Ask, _ tx: Transaction, _ world: World) throws -> RankedAsk {
    let mentors = try Mentor.named([mentor], for: ask.asker, org: ask.org, tx)
    return try MentorPool.load(try AskingSide.load(ask, tx), mentors, .none, tx, world).rank(weights: .standard)
  }

  /// The cards of an ask of the viewer's.
  static func top(_ id: ID<Ask>, _ viewer: Viewer, _ tx: Transaction, _ world: World) throws -> [MentorCard] {
    let ask = try Ask.find(id, for: viewer, tx)
    return try rank(ask, tx, world).cards(viewer, now: world.now())
  }
}

/// The ranking of an ask, with what is needed to say it in words.
struct RankedAsk {
  let ask: Ask
  let ranking: Ranking
  let people: [ID<Person>: Mentor]
  let hours: [ID<Person>: [Kit.Instant]]
  let skills: [ID<Skill>: Skill]

  /// Hours a mentor and the asker share before the deadline of the ask, ascending.
  func starts(of mentor: ID<Person>) -> [Kit.Instant] { hours[mentor] ?? [] }

  var wording: Wording {
    let names = Dictionary(uniqueKeysWithValues: skills.map { ($0.key.value, $0.value.label) })
    return Wording(skill: { names[$0] ?? "a skill" }, language: { LanguageNames.english($0) })
  }

  /// The mentor somebody came for, when they may help.
  var wished: ID<Person>? { ask.wished.flatMap { wished in ranking.ranked.contains { $0.id == wished.value } ? wished : nil } }

  func cards(_ viewer: Viewer, now: Kit.Instant) -> [MentorCard] {
    let wished = ranking.ranked.filter { $0.id == ask.wished?.value }
    let others = ranking.ranked.filter { $0.id != ask.wished?.value }
    return (wished + others).prefix(RankMentors.shown).compactMap { ranked in
      people[ID(ranked.id)].map { MentorCard($0, ranked, self, viewer, now: now) }
    }
  }
}

/// Names of languages in English, from their tags.
enum LanguageNames {
  private static let names = [
    "en": "English", "de": "German", "fr": "French", "ar": "Arabic", "es": "Spanish", "it": "Italian", "nl": "Dutch", "pl": "Polish",
    "pt": "Portuguese", "tr": "Turkish", "uk": "Ukrainian", "ru": "Russian", "zh": "Chinese", "ja": "Japanese", "ko": "Korean",
    "hi": "Hindi",
    "ta": "Tamil", "bn": "Bengali", "ur": "Urdu", "fa": "Persian", "el": "Greek", "he": "Hebrew", "sv": "Swedish", "da": "Danish",
    "fi": "Finnish", "no": "Norwegian", "cs": "Czech", "hu": "Hungarian", "ro": "Romanian", "vi": "Vietnamese", "id": "Indonesian",
  ]

  static func english(_ tag: String) -> String { names[String(tag.prefix { $0 != "-" }).lowercased()] ?? tag }
}
