import CICal
import Scheduling
import Synchronization

/// Reads any feed through libical, which is C with state of its own: one call at a time, errors never fatal.
/// What an event means is decided by `FeedCollector`; libical parses the text, steps through repetitions and knows the zones that
/// a file defines itself.
package struct FullFeedReader {
  private let zones: ZoneTables
  private let rules: FeedRules

  package init(zones: ZoneTables, rules: FeedRules) {
    self.zones = zones
    self.rules = rules
  }

  /// What the feed says. Never fails: what libical cannot read is left out with a warning.
  package func read(_ bytes: [UInt8], isOutOfTime: () -> Bool) -> FeedReading { pass(bytes, isOutOfTime: isOutOfTime) { $0.reading } }

  /// The occurrences before they are put in order, in UTC seconds.
  package func occurrences(_ bytes: [UInt8]) -> [FeedOccurrence] { pass(bytes, isOutOfTime: { false }) { $0.occurrences } }

  private func pass<Result: Sendable>(_ bytes: [UInt8], isOutOfTime: () -> Bool, _ result: (FeedCollector) -> Result) -> Result {
    let lines = bytes.withUnsafeBytes { FullFeedText(FeedOutline.trimmed($0)) }
    return withoutActuallyEscaping(isOutOfTime) { isOutOfTime in
      Self.lock.withLock { _ in
        icalerror_set_errors_are_fatal(0)
        var reading = FullFeedReading(zones: zones, rules: rules, isOutOfTime: isOutOfTime)
        if lines.isShortened { reading.collector.warn(.unreadableRules) }
        if let root = icalparser_parse_string(lines.text) {
          reading.read(root)
          icalcomponent_free(root)
        } else {
          reading.collector.warn(.unreadableEvents)
        }
        reading.collector.finish()
        return result(reading.collector)
      }
    }
  }

  private static let lock = Mutex(())
}
