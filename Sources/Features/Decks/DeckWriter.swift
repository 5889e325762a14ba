import Decks
import Interchange
import Kit
import SpacedRepetition

/// Builds a deck card by card. Ids are small numbers of milliseconds, as Anki makes them, in the order of our cards.
struct DeckWriter {
  /// Where a card came from, as far as it tells.
  struct Source {
    let note: Int64?
    let ordinal: Int
    let deck: String?
    let lesson: String?
  }

  private(set) var deck: Deck
  private let first: DayNumber
  private let notes: ExportDeck.Notes
  private let now: Kit.Instant
  private let learner: Learner
  private var noteIDs: [Int64: Int64] = [:]
  private var deckIDs: [String: Int64] = [:]
  private var times: Set<Int64> = []
  private static let base: Int64 = 1_700_000_000_000

  init(first: DayNumber, notes: ExportDeck.Notes, now: Kit.Instant, learner: Learner) {
    self.first = first
    self.notes = notes
    self.now = now
    self.learner = learner
    deck = Deck(created: first.start(zoneOffset: 0) / 1_000_000)
    deck.decks[1] = "Default"
  }

  mutating func add(_ card: Card, _ source: Source, _ events: [ReviewEvent]) {
    let note = noteID(card, source)
    let id = Self.base + 1_000_000 + Int64(deck.cards.count)
    let progress = card.progress
    let interval: Int = if case .day(let day)? = progress.due { max(1, progress.lastReview?.day.days(to: day) ?? 1) } else { 0 }
    let memory = progress.memory.map { Deck.Memory(stability: $0.stability, difficulty: $0.difficulty) }
    deck.cards.append(
      Deck.Card(
        id: id, note: note, deck: deckID(source.deck ?? source.lesson.map { "Tandem::\($0)" } ?? "Tandem"), ordinal: source.ordinal,
        standing: standing(progress), isSuspended: card.isSuspended, interval: interval, ease: progress.reviews == 0 ? 0 : 2.5,
        reviews: progress.reviews, lapses: progress.lapses, memory: memory))
    addReviews(events, card, id)
  }

  private func standing(_ progress: CardProgress) -> Deck.Standing {
    switch (progress.state, progress.due) {
    case (.review, .day(let day)?): .review(day: first.days(to: day))
    case (.learning, .instant(let due)?): .learning(due: due / 1_000_000)
    case (.relearning, .instant(let due)?): .relearning(due: due / 1_000_000)
    default: .new(position: deck.cards.count + 1)
    }
  }

  private mutating func noteID(_ card: Card, _ source: Source) -> Int64 {
    if let known = source.note, let note = notes.byID[known], let type = notes.types[note.type] {
      if let made = noteIDs[known] { return made }
      let id = Self.base + 100_000_000 + Int64(deck.notes.count)
      noteIDs[known] = id
      deck.noteTypes[type.id] = type
      deck.notes.append(
        Deck.Note(id: id, guid: note.guid, type: type.id, modified: note.modified, tags: note.tags, fields: note.fields))
      return id
    }
    let id = Self.base + 100_000_000 + Int64(deck.notes.count)
    deck.noteTypes[ExportDeck.plain.id] = ExportDeck.plain
    deck.notes.append(
      Deck.Note(
        id: id, guid: card.id.description, type: ExportDeck.plain.id, modified: now.seconds, tags: ["tandem"],
        fields: [Markdown.html(card.front), Markdown.html(card.back)]))
    return id
  }

  private mutating func deckID(_ name: String) -> Int64 {
    if let known = deckIDs[name] { return known }
    let id = name == "Default" ? 1 : Self.base + Int64(deckIDs.count + 2)
    deckIDs[name] = id
    deck.decks[id] = name
    return id
  }

  /// Each counted answer with the wait that followed it, replayed as it happened.
  private mutating func addReviews(_ events: [ReviewEvent], _ card: Card, _ id: Int64) {
    let undone = Set(events.compactMap { if case .undo(let target) = $0.kind { target } else { nil } })
    var progress = CardProgress.new
    for event in events.sorted() where !undone.contains(event.id) {
      var time = event.moment.instant / 1000
      switch event.kind {
      case .review(let grade):
        let kind: Deck.Review.Kind =
          switch progress.state {
          case .review: .review
          case .relearning: .relearning
          default: .learning
          }
        progress = learner.scheduler.answer(progress, grade, at: event.moment, card: card.id.value)
        let wait: Int =
          switch progress.due {
          case .day(let day)?: max(1, event.moment.day.days(to: day))
          case .instant(let due)?: -Int(clamping: max(1, (due - event.moment.instant) / 1_000_000))
          case nil: 0
          }
        while !times.insert(time).inserted { time += 1 }
        deck.reviews.append(
          Deck.Review(id: time, card: id, grade: grade.rawValue, interval: wait, milliseconds: 0, kind: kind))
      case .practice(let grade):
        while !times.insert(time).inserted { time += 1 }
        deck.reviews.append(Deck.Review(id: time, card: id, grade: grade.rawValue, interval: 0, milliseconds: 0, kind: .filtered))
      case .reset: progress = .new
      case .undo, .import, .place: continue
      }
    }
  }
}
