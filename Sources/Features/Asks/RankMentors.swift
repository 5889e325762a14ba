import Foundation
import Kit
import Matching
import Scheduling
import Store
import Web

/// Mentors for one ask, best first, with the reasons. A constant number of statements, however many mentors there are.
enum RankMentors {
  /// Cards shown for an ask.
  static let shown = 3

  static func rank(_ ask: Ask, including: ID<Person>? = nil, _ tx: Transaction, _ world: World) throws -> RankedAsk {
    let pool = try MentorPool.load(ask, including: including ?? ask.wished, tx, world)
    return pool.rank(weights: try RankingWeights.of(ask.org, tx))
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

  func cards(_ viewer: Viewer, now: Kit.Instant) -> [MentorCard] {
    let wished = ranking.ranked.filter { $0.id == ask.wished?.value }
    let others = ranking.ranked.filter { $0.id != ask.wished?.value }
    return (wished + others).prefix(RankMentors.shown).compactMap { ranked in
      people[ID(ranked.id)].map { MentorCard($0, ranked, self, viewer, now: now) }
    }
  }
}

/// Weights of the factors, which an organisation may set in its settings.
enum RankingWeights {
  private struct Stored: Decodable {
    var rankingWeights: [String: Int]?
    private enum CodingKeys: String, CodingKey { case rankingWeights = "ranking_weights" }
  }

  static func of(_ org: ID<Organisation>, _ tx: Transaction) throws -> Weights {
    read(try tx.value("SELECT settings FROM organisation WHERE id = \(org)") ?? "{}")
  }

  /// `{"ranking_weights": {"skill_fit": 420, …}}`; anything that does not add up to 1000 counts as not set.
  static func read(_ settings: String) -> Weights {
    guard let given = (try? JSONDecoder().decode(Stored.self, from: Data(settings.utf8)))?.rankingWeights else { return .standard }
    let perMille = Factor.allCases.map { ($0, given[$0.rawValue.snakeCased] ?? 0) }.filter { $0.1 != 0 }
    return (try? Weights(Dictionary(uniqueKeysWithValues: perMille))) ?? .standard
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
