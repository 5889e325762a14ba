import Kit
import Scheduling
import Web

/// A moment as a page shows it: in the viewer's zone, in words, with the offset for machines.
public struct Moment: DirectOutput, Hashable {
  /// RFC 3339 with the viewer's offset, for `<time datetime>`.
  public let at: String
  /// "Mon 23 Nov, 09:00".
  public let text: String
  /// "Mon 23 Nov".
  public let day: String
  /// "09:00".
  public let time: String
  /// "in 3 days".
  public let relative: String

  public func write(to fields: inout DirectFields) {
    fields("at", at)
    fields("text", text)
    fields("day", day)
    fields("time", time)
    fields("relative", relative)
  }
}

/// The zones of the machine, read once.
public enum Zones {
  private static let tables = ZoneFolder().tables()

  /// The tables themselves, for engines that look zones up.
  static var all: ZoneTables { tables }

  /// The zone of a name; UTC when the machine does not know it.
  public static func zone(_ name: String) -> Zone { (try? tables.zone(name)) ?? .utc }

  public static func isKnown(_ name: String) -> Bool { (try? tables.zone(name)) != nil }

  public static var names: [String] { ZoneFolder().names() }
}

extension Moment {
  public init(_ instant: Kit.Instant, _ viewer: Viewer, now: Kit.Instant) { self.init(instant, zone: viewer.zone, now: now) }

  public init(_ instant: Kit.Instant, zone name: String, now: Kit.Instant) { self.init(instant, zone: Zones.zone(name), now: now) }

  init(_ instant: Kit.Instant, zone: Zone, now: Kit.Instant) {
    let words = DisplayTime.words(instant.microseconds, zone)
    (at, time) = (words.0, words.2)
    // Of a day further off than half a year one would take the wrong year.
    let isFar = now - instant > .days(180) || instant - now > .days(180)
    day = isFar ? "\(words.1) \(words.0.prefix(4))" : words.1
    text = day + ", " + time
    relative = DisplayTime.relative(instant.microseconds, now: now.microseconds)
  }
}

extension Viewer {
  /// The viewer's own date now.
  public func today(_ world: World) -> CivilDate { Zones.zone(zone).local(at: world.now().microseconds).date }
}

extension Moment {
  /// The same moment `instant` told at another time.
  func seen(_ instant: Kit.Instant, at now: Kit.Instant) -> Moment {
    Moment(at: at, text: text, day: day, time: time, relative: DisplayTime.relative(instant.microseconds, now: now.microseconds))
  }

  /// The moment itself.
  var instant: Kit.Instant { Kit.Instant(at) ?? Kit.Instant(microseconds: 0) }
}
