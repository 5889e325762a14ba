import Foundation
import SpacedRepetition

/// The progress of a card as its row keeps it: the JSON of `CardProgress` with its names sorted.
///
/// Every answer reads and writes one, so both are done here by hand; any other form of the same JSON is left to the decoder.
enum ProgressText {
  static func write(_ progress: CardProgress) -> String {
    var text = "{"
    switch progress.due {
    case .day(let day): text += "\"due\":{\"day\":{\"_0\":\(day.rawValue)}},"
    case .instant(let instant): text += "\"due\":{\"instant\":{\"_0\":\(instant)}},"
    case nil: break
    }
    text += "\"lapses\":\(progress.lapses),"
    if let last = progress.lastReview { text += "\"lastReview\":{\"instant\":\(last.instant),\"zoneOffset\":\(last.zoneOffset)}," }
    if let memory = progress.memory {
      text += "\"memory\":{\"difficulty\":\(memory.difficulty),\"stability\":\(memory.stability)},"
    }
    text += "\"reviews\":\(progress.reviews),\"state\":{"
    switch progress.state {
    case .new: text += "\"new\":{}}}"
    case .review: text += "\"review\":{}}}"
    case .suspended: text += "\"suspended\":{}}}"
    case .learning(let step): text += "\"learning\":{\"step\":\(step)}}}"
    case .relearning(let step): text += "\"relearning\":{\"step\":\(step)}}}"
    }
    return text
  }

  static func read(_ text: String) throws -> CardProgress {
    var text = text
    if let progress = text.withUTF8({ Scan($0).progress() }) { return progress }
    return try JSONDecoder().decode(CardProgress.self, from: Data(text.utf8))
  }

  /// Reads what `write` writes; nil at the first byte that is another.
  private struct Scan {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var place = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// The same from the beginning, so that a scan is made and used in one expression.
    func progress() -> CardProgress? {
      var scan = self
      return scan.whole()
    }

    private mutating func whole() -> CardProgress? {
      guard take("{") else { return nil }
      var progress = CardProgress.new
      if take("\"due\":{\"day\":{\"_0\":") {
        guard let day = integer(), take("}},") else { return nil }
        progress.due = .day(DayNumber(rawValue: Int(day)))
      } else if take("\"due\":{\"instant\":{\"_0\":") {
        guard let instant = integer(), take("}},") else { return nil }
        progress.due = .instant(instant)
      }
      guard take("\"lapses\":"), let lapses = integer(), take(",") else { return nil }
      progress.lapses = Int(lapses)
      if take("\"lastReview\":{\"instant\":") {
        guard let instant = integer(), take(",\"zoneOffset\":"), let offset = integer(), take("},") else { return nil }
        progress.lastReview = SpacedRepetition.Moment(instant: instant, zoneOffset: Int(offset))
      }
      if take("\"memory\":{\"difficulty\":") {
        guard let difficulty = number(), take(",\"stability\":"), let stability = number(), take("},") else { return nil }
        progress.memory = MemoryState(stability: stability, difficulty: difficulty)
      }
      guard take("\"reviews\":"), let reviews = integer(), take(",\"state\":{"), let state = state(), place == bytes.count else {
        return nil
      }
      progress.reviews = Int(reviews)
      progress.state = state
      return progress
    }

    private mutating func state() -> CardState? {
      if take("\"review\":{}}}") { return .review }
      if take("\"new\":{}}}") { return .new }
      if take("\"suspended\":{}}}") { return .suspended }
      let isAgain = take("\"relearning\":{\"step\":")
      guard isAgain || take("\"learning\":{\"step\":"), let step = integer(), take("}}}") else { return nil }
      return isAgain ? .relearning(step: Int(step)) : .learning(step: Int(step))
    }

    private mutating func take(_ text: StaticString) -> Bool {
      let end = place + text.utf8CodeUnitCount
      guard end <= bytes.count, text.withUTF8Buffer({ $0.elementsEqual(bytes[place..<end]) }) else { return false }
      place = end
      return true
    }

    private mutating func integer() -> Int64? {
      let start = place
      while place < bytes.count, bytes[place] == UInt8(ascii: "-") || (48...57).contains(bytes[place]) { place += 1 }
      return Int64(String(decoding: bytes[start..<place], as: UTF8.self))
    }

    private mutating func number() -> Double? {
      let start = place
      while place < bytes.count, bytes[place] != UInt8(ascii: ","), bytes[place] != UInt8(ascii: "}") { place += 1 }
      return Double(String(decoding: bytes[start..<place], as: UTF8.self)).flatMap { $0.isFinite ? $0 : nil }
    }
  }
}
