/// The quick reader of calendar feeds: bytes in, times out, for what nearly all feeds consist of.
///
/// It reads events with times in UTC, in IANA zones, floating or as whole days; the repetitions of ``RecurrenceRule``; `EXDATE`, `RDATE`
/// and `RECURRENCE-ID`. It declines, as a whole, everything else: zones that the file defines itself, other rules, periods, broken lines.
/// What it does not decline it reads as a full reader would. No text is copied, and nothing but lines folded in two is.
///
/// One value reads any number of feeds, one after another, and remembers the zones it met.
/// - Complexity: O(bytes + occurrences); no more memory than ``FeedRules`` allows.
public struct FeedReader {
  package var collector: FeedCollector
  let tables: ZoneTables
  let marker: [UInt8]?
  var event = FeedEvent()
  /// The value of the event's `RRULE`; empty without one.
  var rule: [UInt8] = []
  var place = Place.outside
  /// How deep we are in components that do not matter.
  var skippedDepth = 0
  var definesZones = false
  var usesWindowsNames = false
  private var unfolded: [UInt8] = []

  enum Place { case outside, calendar, event, done, full }

  /// A reader for one owner and window.
  public init(zones: ZoneTables, rules: FeedRules) {
    tables = zones
    collector = FeedCollector(rules)
    marker = rules.marker.map { Array($0.utf8) }
  }

  /// What the feed says, or nil when it uses something this reader does not know. `isOutOfTime` is asked now and then; once it answers
  /// true the rest is left out.
  public mutating func read(_ bytes: [UInt8], isOutOfTime: () -> Bool = { false }) -> FeedReading? {
    bytes.withUnsafeBytes { scan($0, isOutOfTime: isOutOfTime) } ? collector.reading : nil
  }

  /// Reads into the collector; false when the feed is declined.
  package mutating func scan(_ bytes: UnsafeRawBufferPointer, isOutOfTime: () -> Bool = { false }) -> Bool {
    collector.clear()
    (place, skippedDepth, definesZones, usesWindowsNames) = (.outside, 0, false, false)
    guard let base = bytes.bindMemory(to: UInt8.self).baseAddress else { return false }
    let text = Bytes(base, count: bytes.count)
    if text.contains(0) { return false }
    var at = text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF ? 3 : 0
    while at < text.count {
      let newline = text.index(of: UInt8(ascii: "\n"), from: at)
      let line = text.slice(at, newline > at && text[newline - 1] == UInt8(ascii: "\r") ? newline - 1 : newline)
      at = newline + 1
      if text[at] == UInt8(ascii: " ") || text[at] == UInt8(ascii: "\t") {
        guard let after = readFolded(text, line, at) else { return false }
        at = after
      } else if !read(line) {
        return false
      }
      if place == .full { break }
      if place == .calendar, skippedDepth == 0, isOutOfTime() {
        collector.warn(.outOfTime)
        break
      }
    }
    let isWhole = place == .done || place == .full || collector.warnings.contains(.outOfTime)
    guard isWhole, !(usesWindowsNames && definesZones) else { return false }
    collector.finish()
    return true
  }

  /// Reads a line that goes on in the next ones, the first of which begins at `start`; gives where the line after them begins.
  private mutating func readFolded(_ text: Bytes, _ first: Bytes, _ start: Int) -> Int? {
    var at = start
    // A name that does not matter is complete in the first part, and so its value need not be put together.
    if first.count == 0 { return nil }
    let isSkipped = if case .other = FeedLine.head(first) { true } else { false }
    unfolded.removeAll(keepingCapacity: true)
    if !isSkipped { first.append(to: &unfolded) }
    while text[at] == UInt8(ascii: " ") || text[at] == UInt8(ascii: "\t") {
      let newline = text.index(of: UInt8(ascii: "\n"), from: at)
      let end = newline > at && text[newline - 1] == UInt8(ascii: "\r") ? newline - 1 : newline
      if !isSkipped { text.slice(at + 1, end).append(to: &unfolded) }
      at = newline + 1
    }
    if isSkipped { return at }
    let whole = unfolded
    let isRead = whole.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { read(Bytes($0, count: buffer.count)) } ?? false
    }
    return isRead ? at : nil
  }
}
