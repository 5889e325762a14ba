import Kit
import Web

/// What a package would do, or did.
public struct DeckReport: Output, Hashable {
  /// Notes in the package.
  public var notes = 0
  /// Cards in the package.
  public var cards = 0
  /// Cards that are made.
  public var cardsAdded = 0
  /// Notes whose words are newer in the package.
  public var notesChanged = 0
  /// Notes that are there already, as new or newer.
  public var notesUnchanged = 0
  /// Sounds and pictures that are kept.
  public var media = 0
  /// Answers that are taken over.
  public var answers = 0
  /// Cards that keep their place in the schedule.
  public var scheduled = 0
  /// What could not be taken, by note: "Note 7: …".
  public var faults: [String] = []
  /// What is taken but looks different.
  public var remarks: [String] = []
  public var isDryRun = false

  /// "6 notes, 8 cards, 2 media files and 5 answers".
  var words: String {
    listed([counted(notes, "note"), counted(cards, "card"), counted(media, "media file"), counted(answers, "answer")])
  }
}
