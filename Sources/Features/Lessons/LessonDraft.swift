import Interchange
import Kit
import Store
import Web

/// What an author typed: a title and Markdown with blocks. The front matter is written by the program.
struct LessonDraft: Sendable {
  var slug: String
  var title: String
  var text: String
  var author: String
  /// The lesson that is written anew: what its file says beside title and text stays.
  var stored: LessonDocument?

  /// The document and its minutes, or what is wrong with which line of the text.
  func read() throws(Problem) -> (document: LessonDocument, minutes: Int) {
    let front = ["---", "id: \(slug)", "title: Lesson", "language: \(stored?.language ?? "en")", "---"]
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.hasSuffix("\r") ? $0.dropLast() : $0 }
    let source = (front + lines.map(String.init)).joined(separator: "\n") + "\n"
    let reading = LessonDocument.read(Array(source.utf8), files: [:])
    guard let typed = reading.document else {
      let faults = reading.errors.prefix(5).map { "Line \(max(1, $0.line - front.count)): \($0.text)" }
      throw .invalid("text", faults.joined(separator: " "))
    }
    var document = stored ?? typed
    document.parts = typed.parts
    // An estimate that the new text no longer keeps would make the file unreadable.
    if document.minutes != nil { document.minutes = max(1, reading.duration.minutes) }
    document.title = title.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if stored == nil { document.author = author }
    // What is stored must be readable for as long as it is kept, so it is read once as it will be stored.
    guard LessonDocument.read(Array(document.text.utf8)).document != nil else {
      throw .invalid("title", "This title cannot be kept. Use letters, digits and common signs.")
    }
    return (document, reading.duration.minutes)
  }

  /// The author's part of a stored file.
  static func text(of source: String) -> String {
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.first == "---", let end = lines.dropFirst().firstIndex(of: "---") else { return source }
    return lines[(end + 1)...].joined(separator: "\n").trimmed
  }

  /// A lesson that begins with what somebody took away from a session.
  static func from(_ insight: String) -> String {
    """
    \(insight)

    ## What happened

    Tell the situation in two or three sentences, without names.

    ```reflection
    prompt: Where will you try this in the next two weeks?
    minutes: 1
    share: nobody
    ```

    ```flashcards
    What is the one thing to remember? :: \(insight.split(whereSeparator: \.isNewline).joined(separator: " ").replacing("::", with: ":"))
    ```
    """
  }

  static let example = """
    Say the one idea in two or three sentences. A heading of two hashes begins a new screen.

    ## An example

    Tell what happened, and what you would do again.

    ```quiz
    ::Check::What comes first? {
    =The right answer#Say why it is right.
    ~A wrong answer#Say why it is not.
    }
    ```

    ```flashcards
    A question worth remembering? :: Its answer
    ```
    """

  /// The parts of a text that still say what the form began with; nobody learns from those.
  static func unwritten(in text: String) -> [String] {
    beginnings.filter { beginning in beginning.words.contains { text.contains($0) } }.map(\.part)
  }

  /// Refuses to show others a text of which parts are not written yet.
  static func checkWritten(_ text: String) throws(Problem) {
    let parts = unwritten(in: text)
    guard !parts.isEmpty else { return }
    throw .invalid("text", "Still as the form began: \(listed(parts)). Write your own words there, then publish.")
  }

  private static let beginnings: [(part: String, words: [String])] = [
    ("the one idea", ["Say the one idea in two or three sentences."]),
    ("the example", ["Tell what happened, and what you would do again."]),
    ("what happened", ["Tell the situation in two or three sentences, without names."]),
    ("the quiz", ["=The right answer#", "~A wrong answer#", "Say why it is right.", "Say why it is not."]),
    ("the card", ["A question worth remembering?", ":: Its answer"]),
  ]
}
