/// One line of a flashcards block.
public struct CardNote: Sendable, Hashable {
  /// Identity of the note. Progress is kept under the ids of its ``cards``.
  public var id: String
  /// Whether the file names the id; otherwise it follows from the lesson's id and the front.
  public var hasWrittenID: Bool
  public var content: Content

  /// - Parameter id: at most 64 letters, digits, `-` or `_`; `nil` derives it.
  public init(lesson: String, id: String? = nil, content: Content) {
    self.id = id ?? Fingerprint.hexadecimal(lesson, content.front)
    hasWrittenID = id != nil
    self.content = content
  }

  public enum Content: Sendable, Hashable {
    case twoSided(front: String, back: String)
    case cloze([ClozePiece])

    /// What must stay the same for progress to be kept. The hidden words of a cloze are part of it.
    var front: String {
      switch self {
      case .twoSided(let front, _): front
      case .cloze(let pieces): pieces.map(\.text).joined()
      }
    }
  }

  /// A stretch of a cloze line; pieces of one group are hidden together.
  public struct ClozePiece: Sendable, Hashable {
    public var text: String
    /// `nil` for text that is always shown.
    public var group: Int?
    /// Whether the file names the group.
    public var hasWrittenGroup: Bool

    public init(_ text: String, group: Int? = nil, hasWrittenGroup: Bool = false) {
      self.text = text
      self.group = group
      self.hasWrittenGroup = hasWrittenGroup
    }
  }

  /// What a learner is shown, and under which id progress is kept.
  public struct Card: Sendable, Hashable {
    public let id: String
    /// Hidden words of a cloze are shown as `[…]`.
    public let front: String
    /// For a cloze the whole sentence.
    public let back: String
  }

  /// One card for a two-sided note, one for each group of a cloze, in ascending order.
  public var cards: [Card] {
    switch content {
    case .twoSided(let front, let back): return [Card(id: id, front: front, back: back)]
    case .cloze(let pieces):
      return Set(pieces.compactMap(\.group)).sorted().map { group in
        Card(
          id: "\(id)-\(group)",
          front: pieces.map { $0.group == group ? "[…]" : $0.text }.joined(),
          back: pieces.map(\.text).joined())
      }
    }
  }
}
