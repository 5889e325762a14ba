import Interchange

/// Everything an Anki package holds that a person would miss: notes, cards, where each card stands, what was answered, sounds and pictures.
public struct Deck: Sendable, Hashable {
  /// What kind of notes there are and how cards are made of them.
  public struct NoteType: Sendable, Hashable, Codable {
    public let id: Int64
    public let name: String
    /// Names of the fields in their order.
    public let fields: [String]
    public let templates: [Template]
    /// Whether cards are gaps in a text, one for each number.
    public let isCloze: Bool
    public let css: String

    public init(id: Int64, name: String, fields: [String], templates: [Template], isCloze: Bool = false, css: String = "") {
      self.id = id
      self.name = name.storable
      self.fields = fields.map(\.storable)
      self.templates = templates
      self.isCloze = isCloze
      self.css = css.storable
    }
  }

  /// How the two sides of a card are made of the fields.
  public struct Template: Sendable, Hashable, Codable {
    public let name: String
    public let front: String
    public let back: String

    public init(name: String, front: String, back: String) {
      self.name = name.storable
      self.front = front.storable
      self.back = back.storable
    }
  }

  public struct Note: Sendable, Hashable {
    public let id: Int64
    /// The identity across copies.
    public let guid: String
    public let type: Int64
    /// Seconds since 1970.
    public let modified: Int64
    public let tags: [String]
    /// HTML.
    public let fields: [String]

    public init(id: Int64, guid: String, type: Int64, modified: Int64, tags: [String], fields: [String]) {
      self.id = id
      self.guid = guid.storable
      self.type = type
      self.modified = modified
      self.tags = tags.map(\.storable)
      self.fields = fields.map(\.storable)
    }
  }

  /// Where a card stands.
  public enum Standing: Sendable, Hashable {
    /// Never answered; its place among the new ones.
    case new(position: Int)
    /// Comes back within the day, at this second since 1970.
    case learning(due: Int64)
    /// Comes back on this day, counted from the first day of the collection.
    case review(day: Int)
    /// Forgotten, comes back within the day.
    case relearning(due: Int64)
  }

  /// Memory as FSRS keeps it.
  public struct Memory: Sendable, Hashable {
    public let stability: Double
    public let difficulty: Double

    public init(stability: Double, difficulty: Double) {
      self.stability = stability
      self.difficulty = difficulty
    }
  }

  public struct Card: Sendable, Hashable {
    public let id: Int64
    public let note: Int64
    public let deck: Int64
    /// Which template, or which gap less one.
    public let ordinal: Int
    public let standing: Standing
    public let isSuspended: Bool
    /// Days between the last answer and the next.
    public let interval: Int
    /// SM-2's ease, 1.3 and more; 0 when unknown.
    public let ease: Double
    public let reviews: Int
    public let lapses: Int
    public let memory: Memory?

    public init(
      id: Int64, note: Int64, deck: Int64, ordinal: Int, standing: Standing, isSuspended: Bool = false, interval: Int = 0, ease: Double = 0,
      reviews: Int = 0, lapses: Int = 0, memory: Memory? = nil
    ) {
      self.id = id
      self.note = note
      self.deck = deck
      self.ordinal = ordinal
      self.standing = standing
      self.isSuspended = isSuspended
      self.interval = interval
      self.ease = ease
      self.reviews = reviews
      self.lapses = lapses
      self.memory = memory
    }
  }

  /// One answer.
  public struct Review: Sendable, Hashable {
    public enum Kind: Int, Sendable, Hashable {
      case learning = 0
      case review = 1
      case relearning = 2
      /// In a filtered deck, outside the schedule.
      case filtered = 3
      /// Not an answer: the card was moved by hand.
      case manual = 4
      case rescheduled = 5
    }

    /// Milliseconds since 1970; no two are alike.
    public let id: Int64
    public let card: Int64
    /// 1 to 4; 0 when the card was moved by hand.
    public let grade: Int
    /// Days to the next answer; seconds when negative.
    public let interval: Int
    public let milliseconds: Int
    public let kind: Kind

    public init(id: Int64, card: Int64, grade: Int, interval: Int, milliseconds: Int, kind: Kind) {
      self.id = id
      self.card = card
      self.grade = grade
      self.interval = interval
      self.milliseconds = milliseconds
      self.kind = kind
    }
  }

  /// Seconds since 1970 at which the first day of the collection began.
  public var created: Int64
  /// Names of decks; `::` parts the levels.
  public var decks: [Int64: String] = [:]
  public var noteTypes: [Int64: NoteType] = [:]
  public var notes: [Note] = []
  public var cards: [Card] = []
  public var reviews: [Review] = []
  public var media: [DeckPackage.Media] = []
  /// What was read but cannot be shown as it was, in plain sentences.
  public var remarks: [String] = []

  public init(created: Int64) { self.created = created }
}

extension String {
  /// The text without U+0000, which no database stores.
  var storable: String { utf8.contains(0) ? replacing("\0", with: "") : self }
}
