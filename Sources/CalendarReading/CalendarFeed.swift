import Scheduling

/// Reads calendar feeds: the quick reader of `Scheduling` for nearly all of them, libical for the rest.
public enum CalendarFeed {
  /// What a feed says about busy times.
  ///
  /// - Parameters:
  ///   - bytes: the file as it was fetched, at most ``FeedOutline/mostBytes``.
  ///   - rules: owner, window and bounds.
  ///   - zones: the zone data of the process.
  ///   - isOutOfTime: asked now and then; once it answers true the rest is left out with a warning. Give the feed a second.
  /// - Throws: ``FeedRefusal`` when it is no calendar, or not a whole one. A feed that breaks must never count as "free": keep what
  ///   was read from it last.
  /// - Returns: times in ascending order and what the owner should know. Recognise own sessions by ``FeedTime/uid``.
  public static func read(
    _ bytes: [UInt8], _ rules: FeedRules, zones: ZoneTables, isOutOfTime: () -> Bool = { false }
  ) throws(FeedRefusal) -> FeedReading {
    try check(bytes)
    var quick = FeedReader(zones: zones, rules: rules)
    if let reading = quick.read(bytes, isOutOfTime: isOutOfTime) { return reading }
    return FullFeedReader(zones: zones, rules: rules).read(bytes, isOutOfTime: isOutOfTime)
  }

  /// The same through libical alone, whatever the feed consists of: the reference that the quick reader is held against.
  public static func readFully(
    _ bytes: [UInt8], _ rules: FeedRules, zones: ZoneTables, isOutOfTime: () -> Bool = { false }
  ) throws(FeedRefusal) -> FeedReading {
    try check(bytes)
    return FullFeedReader(zones: zones, rules: rules).read(bytes, isOutOfTime: isOutOfTime)
  }

  private static func check(_ bytes: [UInt8]) throws(FeedRefusal) {
    var refusal: FeedRefusal?
    bytes.withUnsafeBytes { buffer in
      do throws(FeedRefusal) { try FeedOutline.check(buffer) } catch { refusal = error }
    }
    if let refusal { throw refusal }
  }
}
